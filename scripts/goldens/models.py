"""Published models built in PyTorch, for test/nn/models.test.ts: how many parameters each has, what some compute, and a small
residual net trained for 200 steps.

    python scripts/goldens/models.py > test/goldens/nn/models.json

Weights, running means, images and labels follow from whole numbers, so that the file need not hold them.
"""

import json
import math
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


class Sum(nn.Module):
    """layers(x) + shortcut(x)"""

    def __init__(self, layers, shortcut):
        super().__init__()
        self.layers = nn.Sequential(*layers)
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x):
        return self.layers(x) + self.shortcut(x)


class Joined(nn.Module):
    """x and layers(x), side by side"""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return torch.cat([x, self.layers(x)], 1)


def conv(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False)


def normed(inputs, outputs, kernel, stride=1):
    return [conv(inputs, outputs, kernel, stride), nn.BatchNorm2d(outputs)]


def average():
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten()]


def lenet(channels, padding):
    return [
        nn.Conv2d(channels, 6, 5, padding=padding),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    ]


def two_conv_two_dense():
    return [
        nn.Conv2d(1, 32, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(3136, 1024),
        nn.ReLU(),
        nn.Linear(1024, 10),
    ]


def adam_cnn(widths=(64, 64, 128, 1000), dropout=True):
    layers = [nn.Dropout(0.2)] if dropout else []
    channels = 3
    for filters in widths[:-1]:
        layers += [nn.Conv2d(channels, filters, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, stride=2, padding=1)]
        channels = filters
    layers += [nn.Flatten(), nn.Linear(16 * channels, widths[-1]), nn.ReLU()]
    layers += [nn.Dropout(0.5)] if dropout else []
    return [*layers, nn.Linear(widths[-1], 10)]


def vgg9():
    layers, channels = [], 3
    for stage in [[64, 64], [128, 128], [256, 256, 256]]:
        for filters in stage:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.BatchNorm2d(filters), nn.ReLU()]
            channels = filters
        layers.append(nn.MaxPool2d(2, ceil_mode=True))
    return [*layers, nn.Flatten(), nn.Linear(4096, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Linear(256, 10)]


def resnet(depth, shortcuts=True, width=16, channels=3, classes=10):
    layers = [*normed(channels, width, 3), nn.ReLU()]
    before = width
    for stage, filters in enumerate([width, 2 * width, 4 * width]):
        for i in range((depth - 2) // 6):
            stride = 2 if i == 0 and stage > 0 else 1
            block = [*normed(before, filters, 3, stride), nn.ReLU(), *normed(filters, filters, 3)]
            shortcut = normed(before, filters, 1, stride) if stride == 2 else []
            layers += [Sum(block, shortcut)] if shortcuts else block
            layers.append(nn.ReLU())
            before = filters
    return [*layers, *average(), nn.Linear(before, classes)]


def wrn(depth, times):
    """Zagoruyko and Komodakis's, 6n + 4"""
    layers, before = [conv(3, 16, 3)], 16
    for stage, filters in enumerate([16 * times, 32 * times, 64 * times]):
        for i in range((depth - 4) // 6):
            stride = 2 if i == 0 and stage > 0 else 1
            begin = [nn.BatchNorm2d(before), nn.ReLU()]
            rest = [conv(before, filters, 3, stride), nn.BatchNorm2d(filters), nn.ReLU(), conv(filters, filters, 3)]
            layers += [*begin, Sum(rest, [conv(before, filters, 1, stride)])] if i == 0 else [Sum(begin + rest, [])]
            before = filters
    return [*layers, nn.BatchNorm2d(before), nn.ReLU(), *average(), nn.Linear(before, 10)]


def densenet(growth, blocks=(6, 12, 24, 16)):
    channels = 2 * growth
    layers = [conv(3, channels, 3)]
    for b, count in enumerate(blocks):
        if b > 0:
            half = channels // 2
            layers += [nn.BatchNorm2d(channels), nn.ReLU(), conv(channels, half, 1), nn.AvgPool2d(2)]
            channels = half
        for _ in range(count):
            layers.append(
                Joined(
                    [
                        *[nn.BatchNorm2d(channels), nn.ReLU(), conv(channels, 4 * growth, 1)],
                        *[nn.BatchNorm2d(4 * growth), nn.ReLU(), conv(4 * growth, growth, 3)],
                    ]
                )
            )
            channels += growth
    return [*layers, nn.BatchNorm2d(channels), nn.ReLU(), *average(), nn.Linear(channels, 10)]


nets = {
    "lenet": ([1, 28, 28], lambda: lenet(1, 2)),
    "2c2d": ([1, 28, 28], two_conv_two_dense),
    "adam-cnn": ([3, 32, 32], adam_cnn),
    "adam-cnn:16-16-32-128:dropout=false": ([3, 32, 32], lambda: adam_cnn((16, 16, 32, 128), False)),
    "vgg-9": ([3, 32, 32], vgg9),
    **{f"resnet-{depth}": ([3, 32, 32], lambda d=depth: resnet(d)) for depth in [20, 26, 32, 44, 56, 110]},
    **{f"resnet-{depth}-noshort": ([3, 32, 32], lambda d=depth: resnet(d, False)) for depth in [20, 32, 44, 56, 110]},
    "wrn-16-4": ([3, 32, 32], lambda: wrn(16, 4)),
    "wrn-28-10": ([3, 32, 32], lambda: wrn(28, 10)),
    "wrn-40-2": ([3, 32, 32], lambda: wrn(40, 2)),
    "wrn-56-2": ([3, 32, 32], lambda: resnet(56, width=32)),
    "densenet-121": ([3, 32, 32], lambda: densenet(32)),
    "densenet-cifar": ([3, 32, 32], lambda: densenet(12)),
}

COMPUTED = ["lenet", "2c2d", "adam-cnn", "vgg-9", "resnet-20", "resnet-20-noshort", "wrn-16-4", "densenet-cifar"]


def draw(shape, start):
    """Numbers from -0.5 to 0.5"""
    return torch.tensor([(i * 7919 + start * 104729) % 10007 / 10007 - 0.5 for i in range(math.prod(shape))]).reshape(shape)


def fill(net):
    """Weights of variance 2 / fan in, other parameters and running means near 1 or 0."""
    with torch.no_grad():
        for k, p in enumerate(net.parameters()):
            if p.dim() > 1:
                # Ours are [inputs, outputs] where PyTorch's are [outputs, inputs].
                values = draw(list(p.shape[::-1]), k).T if p.dim() == 2 else draw(list(p.shape), k)
                p.copy_(values * math.sqrt(24 / p[0].numel()))
            else:
                p.copy_(draw(list(p.shape), k) * 0.4 + (1 if is_scale(net, p) else 0))
        for k, b in enumerate(b for b in net.buffers() if b.dim() > 0):
            b.copy_(draw(list(b.shape), 1000 + k) * 0.4 + k % 2)


def is_scale(net, parameter):
    return any(parameter is m.weight for m in net.modules() if isinstance(m, (nn.BatchNorm2d, nn.BatchNorm1d)))


def computed(name):
    shape, build = nets[name]
    net = nn.Sequential(*build())
    fill(net)
    net.eval()
    with torch.no_grad():
        return net(draw([2, *shape], 5)).flatten().tolist()


def count(name):
    with torch.device("meta"):
        return sum(p.numel() for p in nn.Sequential(*nets[name][1]()).parameters())


def trained(steps=200, lr=0.05, momentum=0.9, images=16):
    """A residual net of depth 8 and width 8 on images of 8 × 8, by full batches; every 29th weight is kept."""
    net = nn.Sequential(*resnet(8, width=8, channels=2, classes=4))
    fill(net)
    for b, buffer in enumerate(b for b in net.buffers() if b.dim() > 0):
        buffer.fill_(b % 2)
    inputs = draw([images, 2, 8, 8], 5)
    labels = torch.tensor([(i * 5) % 4 for i in range(images)])
    optimizer = torch.optim.SGD(net.parameters(), lr=lr, momentum=momentum)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    weights = torch.cat([(p.T if p.dim() == 2 else p).detach().flatten() for p in net.parameters()])
    return {
        **{"lr": lr, "momentum": momentum, "images": images, "losses": losses},
        **{"count": len(weights), "weights": weights[::29].tolist()},
        "state": torch.cat([b.flatten() for b in net.buffers() if b.dim() > 0]).tolist(),
        "outputs": net(inputs).detach().flatten().tolist(),
    }


if __name__ == "__main__":
    golden = {
        "by": f"PyTorch {torch.__version__}",
        "parameters": {name: count(name) for name in nets},
        "outputs": {name: computed(name) for name in COMPUTED},
        "trained": trained(),
    }
    json.dump(golden, sys.stdout, indent=1)
