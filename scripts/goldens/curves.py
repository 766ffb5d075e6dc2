"""Golden values for fitted curves, from SciPy and mpmath:

    python scripts/goldens/curves.py

writes test/goldens/curves/scipy.json and student.json. Each case has a formula, its data and options, and what SciPy's
`least_squares` and `curve_fit` find from the same start, with Jacobians by the complex step Im f(x + ih)/h, which are exact
to the last digits, and tolerances at the limit of float64. Bounded cases use dogbox, which ends at a bound exactly.
Quantiles of Student's distribution are computed in 40 digits.
"""

import json
import platform
from pathlib import Path

import mpmath
import numpy as np
import scipy
from scipy.optimize import curve_fit, least_squares
from scipy.stats import norm, t as student

FOLDER = Path(__file__).resolve().parents[2] / "test" / "goldens" / "curves"
EXACT = {"ftol": 2.3e-16, "xtol": 2.3e-16, "gtol": 2.3e-16, "max_nfev": 20000}
random = np.random.default_rng(2026)


def noisy(f, x, p, noise, outliers=()):
    y = np.real(f(x, *p)) + noise * random.standard_normal(len(x))
    for i, by in outliers:
        y[i] += by
    return np.round(y, 4)


decay = lambda x, a, b, c: a * np.exp(-b * x) + c
logistic = lambda x, k, r, m: k / (1 + np.exp(-r * (x - m)))
michaelis = lambda x, v, k: v * x / (k + x)
peak = lambda x, h, m, s, b: h * np.exp(-((x - m) ** 2) / (2 * s**2)) + b
power = lambda x, a, n: a * x**n
wave = lambda x, a, f, p: a * np.sin(f * x + p)

x = np.linspace(0.25, 10, 40)
far = [(4, 3.0), (17, -2.5), (30, 4.0)]
yd = noisy(decay, x, (5, 0.5, 1), 0.1)
yo = noisy(decay, x, (5, 0.5, 1), 0.1, far)
yl = noisy(logistic, x, (8, 1.2, 5), 0.15)
ylo = noisy(logistic, x, (8, 1.2, 5), 0.15, far)
ym = noisy(michaelis, x, (3, 1.5), 0.05)
yp = noisy(peak, x, (4, 5, 0.8, 0.5), 0.1)
yw = noisy(wave, x, (2, 1.3, 0.4), 0.2)
yn = noisy(power, x, (1.5, 0.7), 0.1)
sigma = np.round(0.05 + 0.02 * x, 4)

DECAY, LOGISTIC, PEAK = "a*exp(-b*x) + c", "k/(1 + exp(-r*(x - m)))", "h*exp(-(x - m)^2/(2*s^2)) + b"
cases = [
    ("decay", decay, DECAY, yd, {"a": 4, "b": 1, "c": 0}, {}),
    ("decay, sigma", decay, DECAY, yd, {"a": 4, "b": 1, "c": 0}, {"sigma": True}),
    ("decay, absolute sigma", decay, DECAY, yd, {"a": 4, "b": 1, "c": 0}, {"sigma": True, "absolute": True}),
    ("decay, b at its upper bound", decay, DECAY, yd, {"a": 4, "b": 0.2, "c": 0}, {"bounds": {"b": [0, 0.3]}}),
    ("decay, c at its lower bound, b inside", decay, DECAY, yd, {"a": 4, "b": 0.3, "c": 2}, {"bounds": {"b": [0, 5], "c": [1.2, 3]}}),
    ("decay, bounds far off", decay, DECAY, yd, {"a": 4, "b": 1, "c": 0}, {"bounds": {"a": [0, 100], "b": [0, 10], "c": [-10, 10]}}),
    ("decay, two bounds", decay, DECAY, yd, {"a": 4, "b": 0.5, "c": 0.2}, {"bounds": {"a": [0, 4.5], "c": [0, 0.7]}}),
    ("decay, outliers, huber", decay, DECAY, yo, {"a": 4, "b": 1, "c": 0}, {"loss": "huber", "scale": 0.15}),
    ("decay, outliers, soft-l1", decay, DECAY, yo, {"a": 4, "b": 1, "c": 0}, {"loss": "soft-l1", "scale": 0.15}),
    ("decay, outliers, cauchy", decay, DECAY, yo, {"a": 4, "b": 1, "c": 0}, {"loss": "cauchy", "scale": 0.15}),
    ("logistic", logistic, LOGISTIC, yl, {"k": 5, "r": 1, "m": 4}, {}),
    ("logistic, outliers, cauchy", logistic, LOGISTIC, ylo, {"k": 8, "r": 1, "m": 5}, {"loss": "cauchy", "scale": 0.2}),
    ("logistic, outliers, huber, at a bound", logistic, LOGISTIC, ylo, {"k": 5, "r": 1, "m": 4}, {"loss": "huber", "scale": 0.2, "bounds": {"k": [0, 7.5]}}),
    ("logistic, soft-l1, sigma", logistic, LOGISTIC, ylo, {"k": 8, "r": 1, "m": 5}, {"loss": "soft-l1", "scale": 1.5, "sigma": True}),
    ("Michaelis-Menten", michaelis, "v*x/(k + x)", ym, {"v": 1, "k": 1}, {}),
    ("peak", peak, PEAK, yp, {"h": 3, "m": 4.5, "s": 1, "b": 0}, {}),
    ("peak, s and b at bounds", peak, PEAK, yp, {"h": 3, "m": 4.5, "s": 1.2, "b": 0}, {"bounds": {"s": [1, 3], "b": [-1, 0.3]}}),
    ("wave", wave, "a*sin(f*x + p)", yw, {"a": 1, "f": 1.25, "p": 0.2}, {}),
    ("power", power, "a*x^n", yn, {"a": 1, "n": 1}, {}),
]


def jacobian(f, x, p):
    h = 1e-30
    p = np.asarray(p, complex)
    return np.stack([np.imag(f(x, *(p + 1j * h * np.eye(len(p))[j]))) / h for j in range(len(p))], 1)


def solved(name, f, formula, y, start, options):
    names = list(start)
    p0 = [float(start[each]) for each in names]
    limits = options.get("bounds", {})
    low = [limits.get(each, [-np.inf, np.inf])[0] for each in names]
    high = [limits.get(each, [-np.inf, np.inf])[1] for each in names]
    s = sigma if options.get("sigma") else np.ones(len(x))
    loss = options.get("loss", "linear")
    more = {"loss": loss.replace("-", "_"), "f_scale": options.get("scale", 1.0)}
    method = {"method": "dogbox" if limits else "trf"}
    r = lambda p: (f(x, *p) - y) / s
    j = lambda p: jacobian(f, x, p) / s[:, None]
    end = least_squares(r, p0, j, bounds=(low, high), x_scale="jac", **method, **more, **EXACT)
    popt, pcov = curve_fit(
        f, x, y, p0, sigma=s if options.get("sigma") else None, absolute_sigma=options.get("absolute", False),
        bounds=(low, high), jac=lambda x, *p: jacobian(f, x, p), x_scale="jac", **method, **more, **EXACT,
    )
    at_bound = [bool(v == a or v == b) for v, a, b in zip(end.x, low, high)]
    df = len(x) - len(p0)
    case = {
        "name": name,
        "formula": formula,
        "y": y.tolist(),
        "start": start,
        "options": options,
        "parameters": dict(zip(names, end.x.tolist())),
        "curveFit": dict(zip(names, popt.tolist())),
        "atBound": dict(zip(names, at_bound)),
        "loss": 2 * end.cost,
        "covariance": None if any(at_bound) else pcov.tolist(),
    }
    if loss == "linear" and not any(at_bound):
        at = np.array([0.1, 3.3, 12.0])
        g = jacobian(f, at, popt)
        variance = 1 if options.get("absolute") else 2 * end.cost / df
        t = norm.ppf(0.95) if options.get("absolute") else student.ppf(0.95, df)
        curve = t * np.sqrt(np.einsum("ij,jk,ik->i", g, pcov, g))
        both = t * np.sqrt(np.einsum("ij,jk,ik->i", g, pcov, g) + variance)
        case["bands"] = {"x": at.tolist(), "level": 0.9, "value": np.real(f(at, *popt)).tolist(), "confidence": curve.tolist(), "prediction": both.tolist()}
    return case


def quantile(p, v):
    """The t with P(|T| <= t) = p, from the incomplete beta function."""
    mpmath.mp.dps = 40
    tail = lambda t: mpmath.betainc(mpmath.mpf(v) / 2, mpmath.mpf(1) / 2, 0, v / (v + t * t), regularized=True) - (1 - mpmath.mpf(p))
    guess = float(student.isf((1 - p) / 2, v))
    return float(mpmath.findroot(tail, guess))


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "mpmath": mpmath.__version__}
write("scipy", {"versions": versions, "x": x.tolist(), "sigma": sigma.tolist(), "cases": [solved(*each) for each in cases]})
probabilities, freedoms = [0.01, 0.5, 0.9, 0.95, 0.99, 0.9999], [0.5, 1, 2, 3, 4.5, 7, 10, 30, 59, 61, 100, 1000, 12345]
write("student", {"versions": versions, "quantiles": [[p, v, quantile(p, v)] for p in probabilities for v in freedoms]})
