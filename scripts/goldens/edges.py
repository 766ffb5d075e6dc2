"""Functions of the language at the edges of their range, computed in 60 digits and rounded once.

    python scripts/goldens/edges.py > test/goldens/expr/edges.json

Each function has the arguments, their values, and the derivatives where the language promises all digits of them.
Of two operands: C99's atan2 and pow, and Python's %. Non-finite numbers are strings. Arguments are float32 numbers, too.
"""

import json
import math
import platform
import struct

import mpmath
from mpmath import mp, mpf

mp.dps = 60
# e^(−746²/2) has more digits before the first than 60.
BIG = 2000

inf, nan = math.inf, math.nan
single = lambda x: struct.unpack("f", struct.pack("f", x))[0] if abs(x) < 3e38 else x
SIZES = [0.0, 5e-324, 1e-310, 1e-308, 1e-200, 1e-45, 1e-38, 1e-30, 1e-10, 1e-4, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 8.0, 15.0, 30.0]
SIZES += [40.0, 88.0, 102.0, 700.0, 709.0, 745.0, 800.0, 1e10, 1e30, 1e38, 1e200, 1e308]
SINGLE = [single(x) for x in SIZES if single(x) == x or 1e-45 <= x <= 3e38]
FINITE = sorted({s * x for x in SIZES + SINGLE for s in (1, -1)})
ARGUMENTS = FINITE + [inf, -inf, nan]


def rounded(x):
    if isinstance(x, mpmath.mpc):
        return nan if x.imag != 0 else rounded(x.real)
    if mpmath.isnan(x):
        return nan
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf


def number(x):
    return x if math.isfinite(x) else str(x)


def cut(x):
    """x, near enough: mpmath does not come to an end with e^(1e200)."""
    return max(mpf(-BIG), min(mpf(BIG), x))


def softplus(x):
    return x + mpmath.log1p(mpmath.exp(-x)) if x > 0 else mpmath.log1p(mpmath.exp(cut(x)))


def sigmoid(x):
    return 1 / (1 + mpmath.exp(cut(-x)))


def erfc(x):
    return mpf(2) if x < -40 else mpf(0) if x > 60 else mpmath.erfc(x)


def erf(x):
    return mpmath.sign(x) if abs(x) > 60 else mpmath.erf(x)


def exp(x):
    return mpmath.exp(cut(x))


def real(f):
    """Not a number outside of the domain."""
    return lambda x: f(x) if -1 <= x <= 1 else mpf(nan)


def half_even(x):
    return mpf(round(x)) if abs(x) < 2**53 else x


gauss = lambda x: 2 / mpmath.sqrt(mpmath.pi) * exp(-x * x)
root = lambda x: mpmath.sqrt((1 - x) * (1 + x))
# name: the function, its derivative where all digits are promised, and its values at ∞ and −∞.
FUNCTIONS = {
    "exp": (exp, exp, inf, 0.0),
    "expm1": (lambda x: mpmath.expm1(cut(x)), exp, inf, -1.0),
    "log": (lambda x: mpmath.log(x) if x > 0 else mpf(-inf if x == 0 else nan), None, inf, nan),
    "log1p": (lambda x: mpmath.log1p(x) if x > -1 else mpf(-inf if x == -1 else nan), None, inf, nan),
    "sqrt": (lambda x: mpmath.sqrt(x) if x >= 0 else mpf(nan), None, inf, nan),
    "sinh": (lambda x: mpmath.sinh(cut(x)), lambda x: mpmath.cosh(cut(x)), inf, -inf),
    "cosh": (lambda x: mpmath.cosh(cut(x)), lambda x: mpmath.sinh(cut(x)), inf, inf),
    "tanh": (lambda x: mpmath.tanh(cut(x)), None, 1.0, -1.0),
    "sigmoid": (sigmoid, None, 1.0, 0.0),
    "softplus": (softplus, sigmoid, inf, 0.0),
    "erf": (erf, None, 1.0, -1.0),
    "erfc": (erfc, None, 0.0, 2.0),
    "atan": (mpmath.atan, None, math.pi / 2, -math.pi / 2),
    "asin": (real(mpmath.asin), None, nan, nan),
    "acos": (real(mpmath.acos), None, nan, nan),
    "round": (half_even, None, inf, -inf),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), inf, 0.0),
    "abs": (abs, mpmath.sign, inf, inf),
    "silu": (lambda x: x * sigmoid(x), None, inf, nan),
    "elu": (lambda x: x if x > 0 else mpmath.expm1(cut(x)), lambda x: exp(min(x, 0)), inf, -1.0),
    "mish": (lambda x: x * mpmath.tanh(min(softplus(x), BIG)), None, inf, nan),
    "gelu": (lambda x: x * erfc(-x / mpmath.sqrt(2)) / 2, None, inf, nan),
}

cases = []
for name, (f, slope, up, down) in FUNCTIONS.items():
    at = lambda g, x: rounded(g(mpf(x)))
    values = [at(f, x) for x in FINITE] + [up, down, nan]
    case = {"function": name, "x": [number(x) for x in ARGUMENTS], "value": [number(y) for y in values]}
    if slope is not None:
        case["slope"] = [number(at(slope, x)) for x in FINITE]
    cases.append(case)

SIDE = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 7.0, 2.0**100, -(2.0**100), 2.0**-100, inf, -inf, nan]
PAIRS = [(a, b) for a in SIDE for b in SIDE]


def power(a, b):
    try:
        return math.pow(a, b)
    except OverflowError:
        return inf
    except ValueError:
        # 0 to a negative power is infinite in C99; a negative number to a broken one is no number.
        return (-inf if math.copysign(1, a) < 0 and b % 2 == 1 else inf) if a == 0 else nan


def remainder(a, b):
    if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b):
        return nan
    return a % b


for name, g in (("atan2", math.atan2), ("pow", power), ("mod", remainder)):
    values = [number(g(a, b)) for a, b in PAIRS]
    a, b = [[number(p[i]) for p in PAIRS] for i in (0, 1)]
    cases.append({"function": name, "x": a, "y": b, "value": values})


def entropy(z, y):
    z, y = mpf(z), mpf(y)
    return (1 - y) * softplus(z) + y * softplus(-z)


LOGITS = [s * x for x in (0.0, 1e-4, 1.0, 15.0, 20.0, 30.0, 36.0, 40.0, 88.0, 700.0, 800.0) for s in (1, -1)]
TARGETS = [0.0, 1.0, 0.25, 0.5]
pairs = [(z, y) for z in LOGITS for y in TARGETS]
cases.append(
    {
        "function": "binaryCrossEntropy",
        "x": [z for z, _ in pairs],
        "y": [y for _, y in pairs],
        "value": [rounded(entropy(z, y)) for z, y in pairs],
        "slope": [rounded((1 - mpf(y)) * sigmoid(mpf(z)) - mpf(y) * sigmoid(-mpf(z))) for z, y in pairs],
    }
)

versions = {"python": platform.python_version(), "mpmath": mpmath.__version__}
lines = ",\n".join(json.dumps(case) for case in cases)
print(f'{{"made": "scripts/goldens/edges.py", "versions": {json.dumps(versions)}, "cases": [\n{lines}\n]}}')
