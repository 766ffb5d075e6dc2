"""Convolutions and poolings with their derivatives by PyTorch, for test/expr/images.test.ts.

    python scripts/goldens/images.py > test/goldens/expr/images.json

All numbers are small multiples of 1/4, so that products and sums are exact in float64, in whatever order they are added.
"""

import json
import random

import torch
import torch.nn.functional as F

random.seed(9)


def numbers(shape, choices=range(-8, 9)):
    size = 1
    for length in shape:
        size *= length
    return torch.tensor([random.choice(choices) / 4 for _ in range(size)], dtype=torch.float64).reshape(shape)


def plain(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def padded(x, before, after, value=0.0):
    return F.pad(x, (before[1], after[1], before[0], after[0]), value=value)


def settings(**given):
    return "".join(f", {name}={json.dumps(value)}" for name, value in given.items())


def convolution(x, w, stride, before, after, dilation, groups):
    text = f"conv2d(x, w{settings(stride=stride, before=before, after=after, dilation=dilation, groups=groups)})"
    x, w = numbers(x).requires_grad_(), numbers(w).requires_grad_()
    y = F.conv2d(padded(x, before, after), w, stride=stride, dilation=dilation, groups=groups)
    # Squares, so that second derivatives are not zero.
    weights = numbers(y.shape)
    gradients = torch.autograd.grad((weights * y * y).sum(), [x, w], create_graph=True)
    directions = [numbers(x.shape), numbers(w.shape)]
    slope = sum((g * v).sum() for g, v in zip(gradients, directions))
    second = torch.autograd.grad(slope, [x, w])
    return {
        "text": text,
        "inputs": {"x": plain(x), "w": plain(w)},
        "weights": plain(weights),
        "directions": {"x": plain(directions[0]), "w": plain(directions[1])},
        "value": plain(y),
        "gradients": {"x": plain(gradients[0]), "w": plain(gradients[1])},
        "second": {"x": plain(second[0]), "w": plain(second[1])},
    }


def maximum(shape, kernel, stride, before, after, dilation, choices):
    text = f"maxPool(x{settings(kernel=kernel, stride=stride, before=before, after=after, dilation=dilation)})"
    x = numbers(shape, choices).requires_grad_()
    # PyTorch pads both sides alike; what is outside does not count, as -inf does not.
    y = F.max_pool2d(padded(x, before, after, -torch.inf), kernel, stride, dilation=dilation)
    weights = numbers(y.shape)
    (gradient,) = torch.autograd.grad((weights * y).sum(), [x])
    return {
        "text": text,
        "inputs": {"x": plain(x)},
        "weights": plain(weights),
        "value": plain(y),
        "gradients": {"x": plain(gradient)},
    }


ties = [0, 1, 2]
cases = [
    convolution([2, 1, 5, 5], [2, 1, 3, 3], [1, 1], [0, 0], [0, 0], [1, 1], 1),
    convolution([1, 2, 5, 7], [3, 2, 3, 3], [1, 1], [1, 1], [1, 1], [1, 1], 1),
    convolution([1, 3, 8, 8], [2, 3, 5, 5], [1, 1], [2, 2], [2, 2], [1, 1], 1),
    convolution([2, 2, 7, 6], [2, 2, 3, 3], [2, 2], [1, 1], [1, 1], [1, 1], 1),
    convolution([1, 2, 6, 6], [4, 2, 1, 1], [2, 2], [0, 0], [0, 0], [1, 1], 1),
    convolution([1, 1, 9, 8], [2, 1, 3, 2], [3, 2], [2, 0], [1, 1], [1, 1], 1),
    convolution([1, 2, 9, 9], [2, 2, 3, 3], [2, 1], [2, 2], [2, 2], [2, 3], 1),
    convolution([1, 4, 5, 5], [6, 2, 3, 3], [1, 1], [1, 1], [1, 1], [1, 1], 2),
    convolution([2, 3, 6, 5], [3, 1, 3, 3], [2, 2], [1, 1], [1, 1], [1, 1], 3),
    convolution([1, 1, 3, 3], [1, 1, 2, 2], [1, 1], [4, 3], [3, 4], [1, 1], 1),
    maximum([2, 2, 6, 6], [2, 2], [2, 2], [0, 0], [0, 0], [1, 1], range(-8, 9)),
    maximum([1, 2, 7, 7], [3, 3], [2, 2], [0, 0], [1, 1], [1, 1], ties),
    maximum([1, 2, 6, 8], [3, 3], [1, 1], [1, 1], [1, 1], [1, 1], ties),
    maximum([1, 1, 9, 7], [3, 2], [2, 3], [1, 0], [1, 1], [2, 1], ties),
]

print(json.dumps({"by": f"PyTorch {torch.__version__}", "cases": cases}))
