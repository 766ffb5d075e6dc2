"""Monotone cubics by SciPy, with holes: each stretch between holes is interpolated by itself.

    python scripts/goldens/monotone_cubic.py > test/goldens/figure/monotone-cubic.json
"""

import json

import numpy as np
import scipy
from scipy.interpolate import PchipInterpolator

rng = np.random.default_rng(7)


def stretches(values):
    """Index ranges of the values that are there."""
    there = [i for i, value in enumerate(values) if not np.isnan(value)]
    return [part for part in np.split(there, np.where(np.diff(there) != 1)[0] + 1) if len(part)]


def case(nodes, values, places):
    result = np.full(len(places), np.nan)
    for part in stretches(values):
        x, y = nodes[part], values[part]
        inside = (places >= x[0]) & (places <= x[-1])
        result[inside] = PchipInterpolator(x, y)(places[inside]) if len(part) > 1 else y[0]
    null = lambda all: [None if np.isnan(value) else float(value) for value in all]
    return {"nodes": nodes.tolist(), "values": null(values), "places": places.tolist(), "result": null(result)}


def cases():
    even = np.linspace(-1, 1, 9)
    uneven = np.sort(rng.uniform(-3, 3, 12))
    steps = np.array([0, 0, 0, 1, 1, 5, 4, 4, 9.0])
    holes = rng.normal(size=12)
    holes[[0, 4, 5, 7]] = np.nan
    yield case(even, np.cos(3 * even), np.linspace(-1, 1, 33))
    yield case(even, steps, np.linspace(-1, 1, 41))
    yield case(uneven, rng.normal(size=12), np.linspace(uneven[0], uneven[-1], 50))
    yield case(uneven, holes, np.concatenate([np.linspace(uneven[0], uneven[-1], 50), uneven]))
    yield case(np.array([0.0, 2.0]), np.array([1.0, 4.0]), np.linspace(0, 2, 5))


print(json.dumps({"scipy": scipy.__version__, "cases": list(cases())}, indent=1))
