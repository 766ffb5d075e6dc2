"""The net of LeCun et al. 1989 as PyTorch computes it: steps of gradient descent, one example each, in float64.

    python scripts/goldens/lecun_1989.py > test/goldens/train/lecun-1989.json

Written from the paper and from the facts of its reproduction in 2022: planes, kernels, biases, connections, edges, loss. Weights and
pixels are sines, so that the test can make the same ones.
"""

import json
import platform

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

STEPS, LR = 6, 0.03


def sines(count, frequency):
    return torch.sin(frequency * torch.arange(1, count + 1) ** 1.5)


sizes = [(12, 1, 5, 5), (12, 8, 8), (12, 8, 5, 5), (12, 4, 4), (30, 192), (30,), (10, 30), (10,)]
counts = [torch.Size(size).numel() for size in sizes]
flat = 0.2 * sines(sum(counts), 0.7)
weights = [part.reshape(size).clone().requires_grad_() for part, size in zip(flat.split(counts), sizes)]


def outputs(image):
    w1, b1, w2, b2, w3, b3, w4, b4 = weights
    edge = lambda x: F.pad(x, (2, 2, 2, 2), value=-1.0)
    h1 = torch.tanh(F.conv2d(edge(image), w1, stride=2) + b1)
    framed = edge(h1)
    seen = [framed[:, 0:8], framed[:, 4:12], torch.cat([framed[:, 0:4], framed[:, 8:12]], 1)]
    h2 = torch.cat([F.conv2d(x, w, stride=2) for x, w in zip(seen, w2.split(4))], 1)
    h2 = torch.tanh(h2 + b2)
    h3 = torch.tanh(h2.flatten(1) @ w3.T + b3)
    return torch.tanh(h3 @ w4.T + b4)


images = sines(STEPS * 256, 0.3).reshape(STEPS, 1, 1, 16, 16)
losses = []
for step in range(STEPS):
    target = -torch.ones(1, 10)
    target[0, step] = 1
    loss = ((outputs(images[step]) - target) ** 2).mean()
    losses.append(loss.item())
    for weight, gradient in zip(weights, torch.autograd.grad(loss, weights)):
        weight.data -= LR * gradient

w = torch.cat([weight.detach().flatten() for weight in weights])
pixels = torch.arange(28.0 * 28).reshape(1, 1, 28, 28).sin()
small = F.interpolate(pixels, (16, 16), mode="bilinear")
print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "torch": torch.__version__},
            "losses": losses,
            "w": w[::61].tolist(),
            "resized": small.flatten()[::17].tolist(),
        },
        indent=1,
    )
)
