"""Convolutional nets trained by PyTorch in float64, for test/nn/convolutional.test.ts.

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


def train(name, net, shape, classes, steps, lr):
    count = 12
    images = wave([count, *shape], 1)
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
    return {
        "name": name,
        "losses": losses,
        # PyTorch's linear weights are [outputs, inputs].
        "weights": [(p.T if p.dim() == 2 else p).detach().flatten().tolist() for p in net.parameters()],
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
]

print(json.dumps({"by": f"PyTorch {torch.__version__}", "nets": results}))
