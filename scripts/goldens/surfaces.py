"""Values, gradients and Hessians of the test surfaces, as PyTorch's autograd has them from formulas written anew here.

    python scripts/goldens/surfaces.py > test/goldens/surfaces/values.json

The formulas are those of the papers, over a vector x, not taken from the catalogue. Points are drawn inside the usual
domain of each. Where SciPy has the function itself (rosen), its numbers are compared before anything is written.
"""

import json
import math
import platform

import numpy as np
import scipy
import torch
from scipy.optimize import rosen, rosen_der, rosen_hess

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(11)
pi = math.pi


def index(x):
    return torch.arange(1, len(x) + 1)


def levy(x):
    w = 1 + (x - 1) / 4
    head, middle, last = w[0], w[:-1], w[-1]
    return (
        torch.sin(pi * head) ** 2
        + ((middle - 1) ** 2 * (1 + 10 * torch.sin(pi * middle + 1) ** 2)).sum()
        + (last - 1) ** 2 * (1 + torch.sin(2 * pi * last) ** 2)
    )


def zakharov(x):
    s = (0.5 * index(x) * x).sum()
    return (x**2).sum() + s**2 + s**4


def ackley(x):
    return (
        -20 * torch.exp(-0.2 * torch.sqrt((x**2).mean())) - torch.exp(torch.cos(2 * pi * x).mean()) + 20 + math.e
    )


def goldstein_price(x):
    a, b = x
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2)
    second = 30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2)
    return first * second


# name: (function, half-width of the box that points are drawn from, numbers of variables)
surfaces = {
    "quadratic": (lambda x: (x[0] ** 2 + 10 * x[1] ** 2) / 2, 5, [2]),
    "long-valley": (lambda x: (x[0] ** 2 + 100 * x[1] ** 2) / 2, 5, [2]),
    "saddle": (lambda x: (x[0] - x[1]) * (x[0] + x[1]), 2, [2]),
    "monkey-saddle": (lambda x: x[0] * (x[0] ** 2 - 3 * x[1] ** 2), 2, [2]),
    "plateau": (lambda x: -torch.expm1(-(x @ x) / 2), 4, [2]),
    "two-valleys": (lambda x: (x[0] ** 2 - 1) ** 2 + x[1] ** 2, 2, [2]),
    "tilted-valleys": (lambda x: (x[0] ** 2 - 1) ** 2 + 0.3 * x[0] + x[1] ** 2, 2, [2]),
    "beale": (
        lambda x: sum((c - x[0] * (1 - x[1] ** k)) ** 2 for k, c in ((1, 1.5), (2, 2.25), (3, 2.625))),
        4.5,
        [2],
    ),
    "rosenbrock": (lambda x: (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum(), 2, [2, 3, 7]),
    "himmelblau": (lambda x: (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2, 5, [2]),
    "booth": (lambda x: (x[0] + 2 * x[1] - 7) ** 2 + (2 * x[0] + x[1] - 5) ** 2, 10, [2]),
    "matyas": (lambda x: 0.26 * (x @ x) - 0.48 * x[0] * x[1], 10, [2]),
    "three-hump-camel": (
        lambda x: 2 * x[0] ** 2 - 1.05 * x[0] ** 4 + x[0] ** 6 / 6 + x[0] * x[1] + x[1] ** 2,
        3,
        [2],
    ),
    "six-hump-camel": (
        lambda x: 4 * x[0] ** 2 - 2.1 * x[0] ** 4 + x[0] ** 6 / 3 + x[0] * x[1] - 4 * x[1] ** 2 + 4 * x[1] ** 4,
        2,
        [2],
    ),
    "goldstein-price": (goldstein_price, 2, [2]),
    "branin": (
        lambda x: (x[1] - 5.1 / (4 * pi**2) * x[0] ** 2 + 5 / pi * x[0] - 6) ** 2
        + 10 * (1 - 1 / (8 * pi)) * torch.cos(x[0])
        + 10,
        5,
        [2],
    ),
    "mccormick": (
        lambda x: torch.sin(x[0] + x[1]) + (x[0] - x[1]) ** 2 - 1.5 * x[0] + 2.5 * x[1] + 1,
        3,
        [2],
    ),
    "easom": (lambda x: -torch.cos(x).prod() * torch.exp(-((x - pi) ** 2).sum()), 5, [2]),
    "styblinski-tang": (lambda x: (x**4 - 16 * x**2 + 5 * x).sum() / 2, 5, [2, 1, 5]),
    "zakharov": (zakharov, 5, [2, 1, 6]),
    "rastrigin": (lambda x: 10 * len(x) + (x**2 - 10 * torch.cos(2 * pi * x)).sum(), 5, [2, 1, 5]),
    "ackley": (ackley, 5, [2, 1, 5]),
    "griewank": (lambda x: 1 + (x**2).sum() / 4000 - torch.cos(x / torch.sqrt(index(x))).prod(), 10, [2, 1, 5]),
    "levy": (levy, 10, [2, 1, 5]),
}


def check_against_scipy(x):
    t = torch.tensor(x)
    f = surfaces["rosenbrock"][0]
    np.testing.assert_allclose(float(f(t)), rosen(x), rtol=1e-13)
    np.testing.assert_allclose(torch.func.grad(f)(t).numpy(), rosen_der(x), rtol=1e-12)
    np.testing.assert_allclose(torch.func.hessian(f)(t).numpy(), rosen_hess(x), rtol=1e-12)


cases = []
for name, (f, width, sizes) in surfaces.items():
    for n in sizes:
        for _ in range(3):
            x = random.uniform(-width, width, n).round(3)
            if name == "rosenbrock":
                check_against_scipy(x)
            t = torch.tensor(x)
            cases.append(
                {
                    "name": name if n == 2 else f"{name}:{n}",
                    "at": x.tolist(),
                    "value": float(f(t)),
                    "gradient": torch.func.grad(f)(t).tolist(),
                    "hessian": torch.func.hessian(f)(t).flatten().tolist(),
                }
            )

versions = {"python": platform.python_version(), "torch": torch.__version__, "scipy": scipy.__version__}
print(json.dumps({"versions": versions, "cases": cases}))
