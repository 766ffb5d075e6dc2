"""The 35 problems of Moré, Garbow & Hillstrom, written anew in NumPy, and where a solver of SciPy ends.

    python scripts/goldens/surfaces_least_squares.py > test/goldens/surfaces/more-garbow-hillstrom.json

For each problem: the residuals at its start and, off the start, the residuals with their Jacobian by the complex step
Im r(x + ih)/h, which is exact to the last digits (for larger sizes the gradient); and the sum of squares where SciPy's
trust-region solver stops. (Its Levenberg-Marquardt, in version 1.17.1, ends some runs of Biggs EXP6 after one step.)
The residuals follow the paper's formulas in vector form; nothing is taken from the TypeScript.
"""

import json
import platform

import numpy as np
import scipy
from scipy.optimize import least_squares

random = np.random.default_rng(13)


def cabs(x):
    """|x| that keeps the imaginary part of the complex step."""
    return np.where(np.real(x) < 0, -x, x)


def helical(x):
    theta = np.arctan(x[1] / x[0]) / (2 * np.pi) + (0.5 if np.real(x[0]) < 0 else 0)
    return [10 * (x[2] - 10 * theta), 10 * (np.sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]]


BARD = np.array([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39])


def bard(x):
    u = np.arange(1, 16)
    v = 16 - u
    return BARD - x[0] - u / (v * x[1] + np.minimum(u, v) * x[2])


GAUSS = [0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521]
GAUSS = np.array(GAUSS + [0.3989] + GAUSS[::-1])


def gaussian(x):
    t = (8 - np.arange(1, 16)) / 2
    return x[0] * np.exp(-x[1] * (t - x[2]) ** 2 / 2) - GAUSS


MEYER = np.array(
    "34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872".split(), float
)


def gulf(x, m=99):
    t = np.arange(1, m + 1) / 100
    y = 25 + (-50 * np.log(t)) ** (2 / 3)
    return np.exp(-(cabs(y - x[1]) ** x[2]) / x[0]) - t


def box(x, m=10):
    t = np.arange(1, m + 1) / 10
    return np.exp(-t * x[0]) - np.exp(-t * x[1]) - x[2] * (np.exp(-t) - np.exp(-10 * t))


def powell_blocks(x):
    a, b, c, d = x[0::4], x[1::4], x[2::4], x[3::4]
    return np.stack([a + 10 * b, np.sqrt(5) * (c - d), (b - 2 * c) ** 2, np.sqrt(10) * (a - d) ** 2], 1).ravel()


def wood(x):
    return [
        10 * (x[1] - x[0] ** 2),
        1 - x[0],
        np.sqrt(90) * (x[3] - x[2] ** 2),
        1 - x[2],
        np.sqrt(10) * (x[1] + x[3] - 2),
        (x[1] - x[3]) / np.sqrt(10),
    ]


KO_Y = np.array([0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246])
KO_U = np.array([4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625])


def brown_dennis(x, m=20):
    t = np.arange(1, m + 1) / 5
    return (x[0] + t * x[1] - np.exp(t)) ** 2 + (x[2] + x[3] * np.sin(t) - np.cos(t)) ** 2


OSBORNE1 = np.array(
    "844 908 932 936 925 908 881 850 818 784 751 718 685 658 628 603 580 558 538 522 506 490 478 467 457 448 438 431 "
    "424 420 414 411 406".split(),
    float,
) / 1000


def osborne1(x):
    t = 10.0 * np.arange(33)
    return OSBORNE1 - (x[0] + x[1] * np.exp(-t * x[3]) + x[2] * np.exp(-t * x[4]))


def biggs(x, m=13):
    t = np.arange(1, m + 1) / 10
    y = np.exp(-t) - 5 * np.exp(-10 * t) + 3 * np.exp(-4 * t)
    return x[2] * np.exp(-t * x[0]) - x[3] * np.exp(-t * x[1]) + x[5] * np.exp(-t * x[4]) - y


OSBORNE2 = np.array(
    "1366 1191 1112 1013 991 885 831 847 786 725 746 679 608 655 616 606 602 626 651 724 649 649 694 644 624 661 612 "
    "558 533 495 500 423 395 375 372 391 396 405 428 429 523 562 607 653 672 708 633 668 645 632 591 559 597 625 739 "
    "710 729 720 636 581 428 292 162 98 54".split(),
    float,
) / 1000


def osborne2(x):
    t = np.arange(65) / 10
    peak = lambda height, width, at: height * np.exp(-((t - at) ** 2) * width)
    return OSBORNE2 - (
        x[0] * np.exp(-t * x[4]) + peak(x[1], x[5], x[8]) + peak(x[2], x[6], x[9]) + peak(x[3], x[7], x[10])
    )


def watson(x):
    n = len(x)
    t = np.arange(1, 30)[:, None] / 29
    j = np.arange(n)
    powers = t**j
    slope = ((j[1:] * x[1:]) * powers[:, :-1]).sum(1)
    height = (x * powers).sum(1)
    return np.concatenate([slope - height**2 - 1, [x[0], x[1] - x[0] ** 2 - 1]])


def pairs(x):
    return np.stack([10 * (x[1::2] - x[0::2] ** 2), 1 - x[0::2]], 1).ravel()


def penalty1(x):
    return np.append(np.sqrt(1e-5) * (x - 1), (x**2).sum() - 0.25)


def penalty2(x):
    n = len(x)
    i = np.arange(1, n + 1)
    e = np.exp(x / 10)
    y = np.exp(i / 10)
    a = np.sqrt(1e-5)
    return np.concatenate(
        [
            [x[0] - 0.2],
            a * (e[1:] + e[:-1] - y[1:] - y[:-1]),
            a * (e[1:] - np.exp(-0.1)),
            [((n - i + 1) * x**2).sum() - 1],
        ]
    )


def variably(x):
    s = (np.arange(1, len(x) + 1) * (x - 1)).sum()
    return np.concatenate([x - 1, [s, s**2]])


def trigonometric(x):
    n = len(x)
    i = np.arange(1, n + 1)
    return n - np.cos(x).sum() + i * (1 - np.cos(x)) - np.sin(x)


def brown_linear(x):
    return np.append(x[:-1] + x.sum() - (len(x) + 1), x.prod() - 1)


def shifted(x):
    n = len(x)
    t = np.arange(1, n + 1) / (n + 1)
    return t, 1 / (n + 1), (x + t + 1) ** 3


def boundary(x):
    _, h, cubes = shifted(x)
    padded = np.concatenate([[0], x, [0]])
    return 2 * x - padded[:-2] - padded[2:] + h**2 * cubes / 2


def integral(x):
    t, h, cubes = shifted(x)
    n = len(x)
    kernel = np.array([[(1 - t[i]) * t[j] if j <= i else t[i] * (1 - t[j]) for j in range(n)] for i in range(n)])
    return x + h / 2 * (kernel @ cubes)


def tridiagonal(x):
    padded = np.concatenate([[0], x, [0]])
    return (3 - 2 * x) * x - padded[:-2] - 2 * padded[2:] + 1


def banded(x):
    n = len(x)
    near = np.array([[1.0 if i != j and max(0, i - 5) <= j <= min(n - 1, i + 1) else 0 for j in range(n)] for i in range(n)])
    return x * (2 + 5 * x**2) + 1 - near @ (x * (1 + x))


def full_rank(x, m=10):
    return np.concatenate([x, np.zeros(m - len(x))]) - 2 / m * x.sum() - 1


def rank_one(x, m=10):
    return np.arange(1, m + 1) * (np.arange(1, len(x) + 1) * x).sum() - 1


def rank_one_zeros(x, m=10):
    n = len(x)
    s = (np.arange(2, n) * x[1:-1]).sum()
    return np.concatenate([[-1], np.arange(1, m - 1) * s - 1, [-1]])


def chebyquad(x, m=None):
    """The shifted polynomials from their coefficients, not by recurrence in x."""
    m = len(x) if m is None else m
    rows = []
    for i in range(1, m + 1):
        polynomial = np.polynomial.chebyshev.cheb2poly([0] * i + [1])
        mean = sum(c * (2 * x - 1) ** k for k, c in enumerate(polynomial)).mean()
        rows.append(mean + (1 / (i * i - 1) if i % 2 == 0 else 0))
    return rows


one = lambda n: [1.0] * n
t = lambda n: np.arange(1, n + 1) / (n + 1)
problems = [
    ("rosenbrock", pairs, [-1.2, 1]),
    ("freudenstein-roth", lambda x: [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]], [0.5, -2]),
    ("powell-badly-scaled", lambda x: [1e4 * x[0] * x[1] - 1, np.exp(-x[0]) + np.exp(-x[1]) - 1.0001], [0, 1]),
    ("brown-badly-scaled", lambda x: [x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2], [1, 1]),
    ("beale", lambda x: np.array([1.5, 2.25, 2.625]) - x[0] * (1 - x[1] ** np.arange(1, 4)), [1, 1]),
    ("jennrich-sampson", lambda x: 2 + 2 * np.arange(1, 11) - np.exp(np.arange(1, 11) * x[0]) - np.exp(np.arange(1, 11) * x[1]), [0.3, 0.4]),
    ("helical-valley", helical, [-1, 0, 0]),
    ("bard", bard, one(3)),
    ("gaussian", gaussian, [0.4, 1, 0]),
    ("meyer", lambda x: x[0] * np.exp(x[1] / (45 + 5 * np.arange(1, 17) + x[2])) - MEYER, [0.02, 4000, 250]),
    ("gulf", gulf, [5, 2.5, 0.15]),
    ("box", box, [0, 10, 20]),
    ("powell-singular", powell_blocks, [3, -1, 0, 1]),
    ("wood", wood, [-3, -1, -3, -1]),
    ("kowalik-osborne", lambda x: KO_Y - x[0] * (KO_U**2 + KO_U * x[1]) / (KO_U**2 + KO_U * x[2] + x[3]), [0.25, 0.39, 0.415, 0.39]),
    ("brown-dennis", brown_dennis, [25, 5, -5, -1]),
    ("osborne-1", osborne1, [0.5, 1.5, -1, 0.01, 0.02]),
    ("biggs-exp6", biggs, [1, 2, 1, 1, 1, 1]),
    ("osborne-2", osborne2, [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5]),
    ("watson", watson, [0] * 6),
    ("extended-rosenbrock", pairs, [-1.2, 1] * 5),
    ("extended-powell", powell_blocks, [3, -1, 0, 1] * 3),
    ("penalty-1", penalty1, [1, 2, 3, 4]),
    ("penalty-2", penalty2, [0.5] * 4),
    ("variably-dimensioned", variably, 1 - np.arange(1, 11) / 10),
    ("trigonometric", trigonometric, [0.1] * 10),
    ("brown-almost-linear", brown_linear, [0.5] * 10),
    ("discrete-boundary-value", boundary, t(10) * (t(10) - 1)),
    ("discrete-integral-equation", integral, t(10) * (t(10) - 1)),
    ("broyden-tridiagonal", tridiagonal, [-1] * 10),
    ("broyden-banded", banded, [-1] * 10),
    ("linear-full-rank", full_rank, one(5)),
    ("linear-rank-one", rank_one, one(5)),
    ("linear-rank-one-with-zeros", rank_one_zeros, one(5)),
    ("chebyquad", chebyquad, t(8)),
]
sized = [
    ("watson", watson, 9, [0] * 9),
    ("watson", watson, 12, [0] * 12),
    ("penalty1", penalty1, 10, np.arange(1, 11)),
    ("penalty2", penalty2, 10, [0.5] * 10),
    ("brownAlmostLinear", brown_linear, 30, [0.5] * 30),
    ("discreteIntegralEquation", integral, 50, t(50) * (t(50) - 1)),
    ("chebyquad", chebyquad, 9, t(9)),
    ("chebyquad", chebyquad, 10, t(10)),
]


EXACT = 2.3e-16


def jacobian(f, x):
    h = 1e-30
    columns = [np.imag(np.asarray(f(x + 1j * h * np.eye(len(x))[j]))) / h for j in range(len(x))]
    return np.stack(columns, 1)


def case(name, f, start):
    g = lambda x: np.asarray(f(np.asarray(x)))
    start = np.asarray(start, float)
    aside = start + random.uniform(-0.1, 0.1, len(start)) * np.maximum(0.5, np.abs(start))
    end = least_squares(lambda x: g(x).astype(float), start, lambda x: jacobian(g, x), method="trf", x_scale="jac", ftol=EXACT, xtol=EXACT, gtol=EXACT, max_nfev=20000)
    return {
        "name": name,
        "start": start.tolist(),
        "startResiduals": g(start).astype(float).tolist(),
        "at": aside.tolist(),
        "residuals": g(aside).astype(float).tolist(),
        "jacobian": jacobian(g, aside).ravel().tolist(),
        "end": {"at": end.x.tolist(), "value": float((end.fun**2).sum())},
    }


def slope(case):
    """For large problems the gradient of the sum of squares, 2Jᵀr, stands for the Jacobian."""
    r, j = np.array(case["residuals"]), np.array(case.pop("jacobian")).reshape(-1, len(case["at"]))
    return {**case, "gradient": (2 * j.T @ r).tolist()}


np.seterr(all="ignore")
standard = [case(*each) for each in problems]
others = [{**slope(case(name, f, start)), "size": n} for name, f, n, start in sized]
versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}
print(json.dumps({"versions": versions, "problems": standard, "sized": others}))
