"""Convolutional nets, and others with the same layers, trained by PyTorch in float64, for test/nn/convolutional.test.ts.

    python scripts/goldens/convolutional_nets.py > test/goldens/nn/convolutional.json

Weights, images and labels follow from formulas, so that the file need not hold them.
"""

import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def wave(shape, start):
    size = math.prod(shape)
    return torch.tensor([0.5 * math.sin(start + 1.7 * i) for i in range(size)]).reshape(shape)


def train(name, net, shape, classes, steps, lr, vocabulary=None):
    count = 12
    images = wave([count, *shape], 1)
    if vocabulary is not None:
        images = torch.tensor([[(5 * i + 3 * j + i * j) % vocabulary for j in range(shape[0])] for i in range(count)])
    labels = torch.tensor([(i * 5) % classes for i in range(count)])
    with torch.no_grad():
        for k, parameter in enumerate(net.parameters()):
            parameter.copy_(wave(list(parameter.shape), 10 * k) + (1 if "norm" in name and parameter.dim() == 1 else 0))
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    kinds = {f"{path}.{name}": type(part) for path, part in net.named_modules() for name, _ in part.named_parameters(recurse=False)}
    return {
        "name": name,
        "losses": losses,
        # PyTorch's linear weights are [outputs, inputs]; a table and a matrix of norms are as ours.
        "weights": [
            (p.T if p.dim() == 2 and kinds[path] is nn.Linear else p).detach().flatten().tolist()
            for path, p in net.named_parameters()
        ],
        "state": [b.flatten().tolist() for b in net.buffers() if b.dim() > 0],
        "outputs": net(images).detach().flatten().tolist(),
    }


class Residual(nn.Module):
    """layers(x) + shortcut(x)."""

    def __init__(self, layers, shortcut=nn.Identity()):
        super().__init__()
        self.layers, self.shortcut = nn.Sequential(*layers), shortcut

    def forward(self, x):
        return self.layers(x) + self.shortcut(x)


class Embedding(nn.Module):
    def __init__(self, vocabulary, dimensions):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(vocabulary, dimensions))

    def forward(self, x):
        return nn.functional.embedding(x, self.table)


class DenseConnection(nn.Module):
    """x and layers(x) as channels side by side."""

    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return torch.cat([x, self.layers(x)], dim=1)


results = [
    train(
        "pooled",
        nn.Sequential(
            nn.Conv2d(2, 4, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),
            nn.Conv2d(4, 6, 3, stride=2, groups=2, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(6, 3),
        ),
        [2, 8, 7],
        3,
        25,
        0.2,
    ),
    train(
        "norm",
        nn.Sequential(
            nn.Conv2d(1, 4, 3, bias=False, dilation=2),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 5, 1),
            nn.BatchNorm2d(5, momentum=0.3, eps=1e-3),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.BatchNorm1d(5),
            nn.Linear(5, 4),
        ),
        [1, 9, 6],
        4,
        25,
        0.1,
    ),
    train(
        "nested norm",
        nn.Sequential(
            nn.Conv2d(2, 3, 3, padding=1),
            Residual(
                [nn.BatchNorm2d(3), nn.ReLU(), nn.Conv2d(3, 5, 3, stride=2, padding=1)], nn.Conv2d(3, 5, 1, stride=2)
            ),
            nn.Tanh(),
            DenseConnection(Residual([nn.Conv2d(5, 5, 3, padding=1, bias=False), nn.BatchNorm2d(5)]), nn.Conv2d(5, 2, 1)),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            DenseConnection(nn.Linear(7, 2), nn.Tanh()),
            nn.Linear(9, 3),
        ),
        [2, 7, 6],
        3,
        25,
        0.1,
    ),
    train(
        "norm by example",
        nn.Sequential(
            nn.LayerNorm([2, 5, 4]),
            nn.Conv2d(2, 6, 3, padding=1),
            nn.GroupNorm(3, 6),
            nn.Tanh(),
            nn.Conv2d(6, 4, 3, bias=False),
            nn.GroupNorm(4, 4, eps=1e-3),
            nn.Flatten(),
            nn.LayerNorm(24, eps=1e-2),
            nn.GroupNorm(4, 24),
            nn.Linear(24, 3),
        ),
        [2, 5, 4],
        3,
        25,
        0.1,
    ),
    train(
        "tokens",
        nn.Sequential(
            Embedding(7, 3), Residual([nn.LayerNorm([5, 3])]), nn.Flatten(), nn.Linear(15, 6), nn.Tanh(), nn.Linear(6, 4)
        ),
        [5],
        4,
        25,
        0.3,
        vocabulary=7,
    ),
]

print(json.dumps({"by": f"PyTorch {torch.__version__}", "nets": results}))
