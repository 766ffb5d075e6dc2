"""SciPy's methods on the problems that come as JSON on stdin; results as JSON to stdout. Started by python.mjs."""

import json
import statistics
import sys
import time

import numpy
import scipy
from scipy.optimize import least_squares, minimize

VOCABULARY = {
    **{name: getattr(numpy, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sign", "floor", "abs")},
    "atan": numpy.arctan,
    "max": numpy.maximum,
    "min": numpy.minimum,
    "where": numpy.where,
    "sum": lambda x, axes=None, keepdims=0: numpy.sum(x, axis=None if axes is None else tuple(axes), keepdims=bool(keepdims)),
    "reshape": lambda x, shape: numpy.reshape(x, shape),
    "broadcastTo": lambda x, shape: numpy.broadcast_to(x, shape),
}


class Problem:
    def __init__(self, text):
        self.parameters, self.pieces = text["parameters"], text["pieces"]
        self.start = numpy.array(text["start"])
        self.data = {name: numpy.array(column) for name, column in text["data"].items()}
        self.value, self.all = (compile(text[key], key, "exec") for key in ("value", "all"))
        self.evaluations = 0

    def run(self, code, x):
        names = {**VOCABULARY, **self.data, **dict(zip(self.parameters, x))}
        with numpy.errstate(all="ignore"):
            exec(code, names)
        return names

    def residuals(self, x):
        self.evaluations += 1
        names = self.run(self.value, x)
        return numpy.hstack([names[f"result_{i}"] for i in range(self.pieces)])

    def jacobian(self, x):
        names = self.run(self.all, x)
        columns = range(len(self.parameters))
        return numpy.vstack(
            [
                numpy.column_stack([numpy.atleast_1d(names[f"slope_{i}_{j}"]) for j in columns])
                for i in range(self.pieces)
            ]
        )

    def value_and_gradient(self, x):
        self.evaluations += 1
        names = self.run(self.all, x)
        return float(names["result_0"]), numpy.array([float(names[f"slope_0_{j}"]) for j in range(len(x))])


def marquardt(problem):
    found = least_squares(
        problem.residuals, problem.start, problem.jacobian, method="lm", x_scale="jac", ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=20000
    )
    return found.x, 2 * found.cost


def minimizer(method, **options):
    def run(problem):
        found = minimize(problem.value_and_gradient, problem.start, jac=True, method=method, options=options)
        return found.x, float(found.fun)

    return run


METHODS = {
    "regressions": {"SciPy least_squares, lm (MINPACK)": marquardt},
    "functions": {
        "SciPy L-BFGS-B": minimizer("L-BFGS-B", maxiter=10000, maxfun=20000, ftol=0, gtol=1e-10),
        "SciPy BFGS": minimizer("BFGS", maxiter=10000, gtol=1e-10),
        "SciPy CG": minimizer("CG", maxiter=10000, gtol=1e-10),
    },
}


def measure(method, problem, repeats):
    times = []
    for _ in range(repeats):
        problem.evaluations = 0
        begin = time.perf_counter()
        try:
            x, value = method(problem)
        except (ValueError, FloatingPointError, ZeroDivisionError, OverflowError) as error:
            return {"failed": str(error)}
        times.append(1000 * (time.perf_counter() - begin))
    return {"x": list(x), "value": value, "evaluations": problem.evaluations, "ms": statistics.median(times)}


def main():
    given = json.load(sys.stdin)
    problems = [Problem(text) for text in given["runs"]]
    results = {
        name: [measure(method, problem, given["repeats"]) for problem in problems]
        for name, method in METHODS[given["race"]].items()
    }
    # NaN and infinity are no JSON.
    plain = json.loads(json.dumps({"version": scipy.__version__, "results": results}), parse_constant=lambda _: None)
    json.dump(plain, sys.stdout)


main()
