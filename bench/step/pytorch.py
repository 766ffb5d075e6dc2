"""PyTorch as its tutorials write it: the default Adam (foreach), the batch gathered by index."""
import os

import numpy
import torch

from contender import measure, settings

torch.set_num_threads(settings["threads"])
sizes, batch, dropout = settings["sizes"], settings["batch"], settings["dropout"]


def read(name, dtype):
    return torch.from_numpy(numpy.fromfile(os.path.join(settings["folder"], name), dtype))


inputs = read("inputs.f32", "float32").view(-1, sizes[0])
labels = read("labels.f32", "float32").long()
batches = read("order.u32", "uint32").long().view(-1, batch)

layers = []
for fan_in, fan_out in zip(sizes, sizes[1:]):
    layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
    layers += [torch.nn.Dropout(dropout)] if dropout > 0 else []
while not isinstance(layers[-1], torch.nn.Linear):
    layers.pop()
net = torch.nn.Sequential(*layers)

weights, at = read("weights.f32", "float32"), 0
with torch.no_grad():
    for layer in layers:
        if isinstance(layer, torch.nn.Linear):
            n = layer.weight.numel()
            layer.weight.copy_(weights[at : at + n].view(layer.in_features, layer.out_features).T)
            layer.bias.copy_(weights[at + n : at + n + layer.out_features])
            at += n + layer.out_features

cost = torch.nn.CrossEntropyLoss()
adam = torch.optim.Adam(net.parameters())
order = iter(batches)


def step():
    rows = next(order)
    adam.zero_grad()
    loss = cost(net(inputs[rows]), labels[rows])
    loss.backward()
    adam.step()
    return loss.item()


measure(step)
