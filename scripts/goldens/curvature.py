"""Curvature of small nets in PyTorch, for test/landscape/curvature: exact Hessians by automatic differentiation, their
eigenvalues, trace and moments, and Adam's preconditioned sharpness after some steps.

    python scripts/goldens/curvature.py > test/goldens/landscape/curvature.json

Weights, running means, examples and labels follow from whole numbers (see models.py), so that the file need not hold them.
Parameters are in PyTorch's order; eigenvalues do not depend on it.
"""

import json
import sys

import torch
from models import Sum, average, draw, fill, normed
from torch import nn
from torch.func import functional_call
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def convnet():
    """Batch normalisation, a shortcut and max-pooling; 8 × 8 images."""
    block = Sum([*normed(4, 4, 3), nn.ReLU(), *normed(4, 4, 3)], [])
    layers = [*normed(2, 4, 3), nn.ReLU(), block, nn.ReLU(), nn.MaxPool2d(2), *normed(4, 5, 3, 2), nn.ReLU()]
    return nn.Sequential(*layers, *average(), nn.Linear(5, 4))


def tanh_mlp():
    return nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 7), nn.Tanh(), nn.Linear(7, 4))


def labels(count):
    return torch.tensor([(i * 5) % 4 for i in range(count)])


def setting(build, shape, count=12):
    net = nn.Sequential(*build())
    fill(net)
    net.eval()
    return net, draw([count, *shape], 5), labels(count)


def vectorised(net, inputs, targets):
    """The loss as a function of all parameters in one vector, and the vector."""
    named = dict(net.named_parameters())

    def loss(w):
        parts = w.split([p.numel() for p in named.values()])
        given = {name: part.view_as(p) for (name, p), part in zip(named.items(), parts)}
        return F.cross_entropy(functional_call(net, given, (inputs,)), targets)

    return loss, torch.cat([p.detach().flatten() for p in named.values()])


def described(build, shape):
    net, inputs, targets = setting(build, shape)
    loss, w = vectorised(net, inputs, targets)
    hessian = torch.autograd.functional.hessian(loss, w)
    hessian = (hessian + hessian.T) / 2
    values = torch.linalg.eigvalsh(hessian)
    weights = torch.cat([torch.full((p.numel(),), p.dim() > 1) for p in net.parameters()])
    block = torch.linalg.eigvalsh(hessian[weights][:, weights])
    gradient = torch.autograd.functional.jacobian(loss, w)
    return {
        "count": len(w),
        "loss": loss(w).item(),
        "eigenvalues": values.tolist(),
        "trace": hessian.trace().item(),
        "moments": [(values**k).mean().item() for k in range(5)],
        "frobeniusOffDiagonal": (hessian - hessian.diag().diag()).norm().item(),
        "alongGradient": (gradient @ hessian @ gradient / gradient.dot(gradient)).item(),
        "ofWeightsAlone": [block[0].item(), block[-1].item()],
    }


def adam(steps=50, lr=1e-2, betas=(0.9, 0.99), eps=1e-8):
    """The preconditioned sharpness and Adam's own state, after full-batch steps."""
    net, inputs, targets = setting(lambda: tanh_mlp(), [6])
    optimizer = torch.optim.Adam(net.parameters(), lr=lr, betas=betas, eps=eps)
    sharpness = []
    for t in range(1, steps + 1):
        optimizer.zero_grad()
        F.cross_entropy(net(inputs), targets).backward()
        optimizer.step()
        if t in (1, 10, steps):
            loss, w = vectorised(net, inputs, targets)
            v = torch.cat([optimizer.state[p]["exp_avg_sq"].flatten() for p in net.parameters()])
            p = (v / (1 - betas[1] ** t)).sqrt() + eps
            hessian = torch.autograd.functional.hessian(loss, w) / p.sqrt() / p.sqrt()[:, None]
            sharpness.append({"t": t, "loss": loss(w).item(), "sharpness": torch.linalg.eigvalsh(hessian)[-1].item()})
    return {"lr": lr, "beta1": betas[0], "beta2": betas[1], "eps": eps, "after": sharpness}


if __name__ == "__main__":
    golden = {
        "by": f"PyTorch {torch.__version__}",
        "convnet": described(convnet, [2, 8, 8]),
        "mlp": described(tanh_mlp, [6]),
        "adam": adam(),
    }
    json.dump(golden, sys.stdout, indent=1)
    print()
