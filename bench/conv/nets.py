"""The nets of the benchmark in PyTorch, with their tensors in the order in which Downhill has them."""
from torch import nn


def conv(before, filters, kernel, stride=1, bias=False):
    return nn.Conv2d(before, filters, kernel, stride, (kernel - 1) // 2, bias=bias)


class Block(nn.Module):
    """Two convolutions with a way around them (He et al. 2016)."""

    def __init__(self, before, filters, stride):
        super().__init__()
        self.main = nn.Sequential(
            conv(before, filters, 3, stride),
            nn.BatchNorm2d(filters),
            nn.ReLU(),
            conv(filters, filters, 3),
            nn.BatchNorm2d(filters),
        )
        if before != filters:
            self.around = nn.Sequential(conv(before, filters, 1, stride), nn.BatchNorm2d(filters))
        else:
            self.around = nn.Identity()

    def forward(self, x):
        return nn.functional.relu(self.main(x) + self.around(x))


def resnet(depth):
    layers, before = [conv(3, 16, 3), nn.BatchNorm2d(16), nn.ReLU()], 16
    for filters in [16, 32, 64]:
        for _ in range((depth - 2) // 6):
            layers.append(Block(before, filters, 1 if before == filters else 2))
            before = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def wide(before, filters):
    return [conv(before, filters, 5, bias=True), nn.ReLU()]


def adam_cnn():
    layers = []
    for before, filters in [(3, 64), (64, 64), (64, 128)]:
        layers += [*wide(before, filters), nn.MaxPool2d(3, 2, 1)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(2048, 1000), nn.ReLU(), nn.Linear(1000, 10))


def two_convolutions():
    layers = []
    for before, filters in [(1, 32), (32, 64)]:
        layers += [*wide(before, filters), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(3136, 1024), nn.ReLU(), nn.Linear(1024, 10))


NETS = {
    "adam-cnn": ([3, 32, 32], adam_cnn),
    "2c2d": ([1, 28, 28], two_convolutions),
    "resnet-20": ([3, 32, 32], lambda: resnet(20)),
    "resnet-56": ([3, 32, 32], lambda: resnet(56)),
}
