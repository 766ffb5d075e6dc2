"""PyTorch as its tutorials write it, and with `channelsLast` as its performance guide does."""
import os

import numpy
import torch

from contender import measure, settings
from conv.nets import NETS

torch.set_num_threads(settings["threads"])
batch = settings["batch"]
shape, build = NETS[settings["net"]]
layout = torch.channels_last if settings.get("channelsLast") else torch.contiguous_format


def read(name, dtype):
    return torch.from_numpy(numpy.fromfile(os.path.join(settings["folder"], name), dtype))


inputs = read("inputs.f32", "float32").view(-1, *shape)
labels = read("labels.f32", "float32").long()
batches = read("order.u32", "uint32").long().view(-1, batch)

net = build()
weights, at = read("weights.f32", "float32"), 0
with torch.no_grad():
    for tensor in net.parameters():
        part = weights[at : at + tensor.numel()]
        # Dense weights are [inputs, units] in the file.
        tensor.copy_(part.view(tensor.shape[::-1]).T if tensor.dim() == 2 else part.view(tensor.shape))
        at += tensor.numel()
net = net.to(memory_format=layout)
inputs = inputs.contiguous(memory_format=layout)

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


def forward():
    rows = next(order)
    with torch.inference_mode():
        return cost(net(inputs[rows]), labels[rows]).item()


if settings.get("evaluate"):
    net.eval()
    measure(forward)
else:
    measure(step)
