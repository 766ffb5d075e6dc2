"""The polynomials in src/expr/operators/erf.ts, fitted by Chebyshev interpolation in 40 digits.

    python scripts/goldens/erf_polynomials.py
"""

from mpmath import cos, erf, erfc, exp, mp, mpf, nstr, pi, sqrt

mp.dps = 40


def fitted(f, count):
    """The coefficients, from that of 1 upwards, of the polynomial that meets f at Chebyshev's points of [-1, 1]."""
    points = [cos(pi * (k + mpf(1) / 2) / count) for k in range(count)]
    values = [f(x) for x in points]
    basis = [[mpf(1)], [mpf(0), mpf(1)]]
    while len(basis) < count:
        following = [mpf(0)] + [2 * x for x in basis[-1]]
        for i, x in enumerate(basis[-2]):
            following[i] -= x
        basis.append(following)
    result = [mpf(0)] * count
    for j in range(count):
        weight = (2 if j else 1) * sum(v * cos(j * pi * (k + mpf(1) / 2) / count) for k, v in enumerate(values)) / count
        for i, x in enumerate(basis[j]):
            result[i] += weight * x
    return result


def small(v):
    """erf(x)/x for x² = (v + 1)/2."""
    x = sqrt((v + 1) / 2)
    return erf(x) / x


def tail(s):
    """e^(z²)·erfc(z)/t for t = 2/(2 + z) = (s + 1)/2."""
    t = (s + 1) / 2
    z = 2 / t - 2
    return exp(z * z) * erfc(z) / t


for name, f, count in (("small", small, 13), ("tail", tail, 28)):
    print(name, "[" + ", ".join(repr(float(c)) for c in fitted(f, count)) + "]")
