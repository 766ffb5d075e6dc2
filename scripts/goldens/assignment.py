"""Golden values for the assignment problem, from SciPy:

    python scripts/goldens/assignment.py

writes test/goldens/linalg/assignment.json: matrices of costs and the least total. Needs NumPy and SciPy; the versions are
recorded in the file.
"""

import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import linear_sum_assignment

FILE = Path(__file__).resolve().parents[2] / "test" / "goldens" / "linalg" / "assignment.json"

random = numpy.random.default_rng(1)


def case(name, costs):
    rows, columns = linear_sum_assignment(costs)
    total = float(costs[rows, columns].sum())
    m, n = costs.shape
    return {"name": name, "m": m, "n": n, "costs": costs.ravel().tolist(), "columns": columns.tolist(), "total": total}


# Products i·j: the largest number goes with the smallest, so the answer is known, and greedy choices go wrong.
products = numpy.outer(numpy.arange(1, 13), numpy.arange(1, 13)).astype(float)
# A product of two normal matrices, as the similarity of units is: dense, of both signs.
similarity = random.normal(size=(24, 40)) @ random.normal(size=(40, 24))

CASES = [
    case("uniform, 20×20", random.uniform(size=(20, 20)).round(6)),
    case("wide, 12×25", random.normal(size=(12, 25)).round(6)),
    case("whole numbers with ties, 30×30", random.integers(0, 6, size=(30, 30)).astype(float)),
    case("products, 12×12", products),
    case("similarity, 24×24", -similarity.round(6)),
]

if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    versions = {"scipy": scipy.__version__, "numpy": numpy.__version__}
    FILE.write_text(json.dumps({"versions": versions, "cases": CASES}) + "\n")
