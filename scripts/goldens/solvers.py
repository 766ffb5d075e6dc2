"""Golden values for the solvers, from other programs:

    python scripts/goldens/solvers.py

writes test/goldens/solvers/*.json. Needs SciPy (its translation of MINPACK-2's line search), PyTorch (exact Hessians of
a small net) and mpmath (singular values in 60 digits). Versions are recorded in each file.
"""

import json
import math
from pathlib import Path

import mpmath
import scipy
import torch
from scipy.optimize._dcsrch import DCSRCH

FOLDER = Path(__file__).resolve().parents[2] / "test" / "goldens" / "solvers"


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


# The test functions of More & Thuente 1994, section 5, with their derivatives.
def rational(beta=2.0):
    return (lambda a: -a / (a * a + beta), lambda a: (a * a - beta) / (a * a + beta) ** 2)


def quintic(beta=0.004):
    return (lambda a: (a + beta) ** 5 - 2 * (a + beta) ** 4, lambda a: 5 * (a + beta) ** 4 - 8 * (a + beta) ** 3)


def waves(beta=0.01, length=39):
    def smooth(a):
        if a <= 1 - beta:
            return 1 - a, -1.0
        if a >= 1 + beta:
            return a - 1, 1.0
        return (a - 1) ** 2 / (2 * beta) + beta / 2, (a - 1) / beta

    def value(a):
        return smooth(a)[0] + 2 * (1 - beta) / (length * math.pi) * math.sin(length * math.pi / 2 * a)

    def slope(a):
        return smooth(a)[1] + (1 - beta) * math.cos(length * math.pi / 2 * a)

    return value, slope


def yanai(beta1, beta2):
    def gamma(beta):
        return math.sqrt(1 + beta * beta) - beta

    def value(a):
        left = gamma(beta1) * math.sqrt((1 - a) ** 2 + beta2 * beta2)
        return left + gamma(beta2) * math.sqrt(a * a + beta1 * beta1)

    def slope(a):
        left = -gamma(beta1) * (1 - a) / math.sqrt((1 - a) ** 2 + beta2 * beta2)
        return left + gamma(beta2) * a / math.sqrt(a * a + beta1 * beta1)

    return value, slope


LINES = [
    ("rational", rational(), 0.001, 0.1),
    ("quintic", quintic(), 0.1, 0.1001),
    ("waves", waves(), 0.1, 0.1001),
    ("yanai 0.001 0.001", yanai(0.001, 0.001), 0.001, 0.001001),
    ("yanai 0.01 0.001", yanai(0.01, 0.001), 0.001, 0.001001),
    ("yanai 0.001 0.01", yanai(0.001, 0.01), 0.001, 0.001001),
]


def line_searches():
    cases = []
    for name, (value, slope), decrease, curvature in LINES:
        for first in (1e-3, 1e-1, 1e1, 1e3):
            trials = []

            def phi(a):
                trials.append(a)
                return value(a)

            search = DCSRCH(phi, slope, decrease, curvature, 1e-15, 0.0, 1e12)
            search(first, phi0=value(0.0), derphi0=slope(0.0), maxiter=100)
            case = dict(name=name, decrease=decrease, curvature=curvature, first=first, trials=trials)
            cases.append(case)
    write("line-search", {"scipy": scipy.__version__, "cases": cases})


def singular_values():
    mpmath.mp.dps = 60
    matrices = {
        "hilbert": [[1 / (i + j + 1) for j in range(6)] for i in range(9)],
        "graded": [[(1 + ((3 * i + 5 * j) % 7)) * 10.0 ** (-3 * j) for j in range(5)] for i in range(7)],
        "exponentials": [[math.exp(-0.3 * i * (1 + 0.1 * j)) for j in range(4)] for i in range(12)],
    }
    cases = []
    for name, rows in matrices.items():
        values = mpmath.svd_r(mpmath.matrix(rows), compute_uv=False)
        cases.append(dict(name=name, rows=rows, values=[float(v) for v in values]))
    write("singular-values", {"mpmath": mpmath.__version__, "cases": cases})


SIZES = [3, 4, 3]


def small_net():
    """A net of 3-4-3 with tanh: its cost's exact derivatives by all 31 parameters, and its Gauss-Newton matrix."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    count = sum((a + 1) * b for a, b in zip(SIZES, SIZES[1:]))
    w = torch.randn(count) * 0.7
    inputs = torch.randn(7, SIZES[0])
    labels = torch.tensor([0, 1, 2, 1, 0, 2, 2])

    def outputs(w):
        x, at = inputs, 0
        for a, b in zip(SIZES, SIZES[1:]):
            weight = w[at : at + a * b].reshape(a, b)
            bias = w[at + a * b : at + (a + 1) * b]
            at += (a + 1) * b
            x = x @ weight + bias
            if at < count:
                x = torch.tanh(x)
        return x

    def cost(w):
        return torch.nn.functional.cross_entropy(outputs(w), labels)

    hessian = torch.autograd.functional.hessian(cost, w)
    jacobian = torch.autograd.functional.jacobian(outputs, w)
    p = torch.softmax(outputs(w), dim=1)
    bend = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
    gauss_newton = torch.einsum("nip,nij,njq->pq", jacobian, bend, jacobian) / len(labels)
    content = dict(
        torch=torch.__version__,
        sizes=SIZES,
        w=w.tolist(),
        inputs=inputs.flatten().tolist(),
        labels=labels.tolist(),
        cost=cost(w).item(),
        gradient=torch.autograd.functional.jacobian(cost, w).tolist(),
        hessian=hessian.flatten().tolist(),
        gaussNewton=gauss_newton.flatten().tolist(),
        eigenvalues=torch.linalg.eigvalsh(hessian).tolist(),
    )
    write("small-net", content)


line_searches()
singular_values()
small_net()
