"""Trajectories of other programs' optimizers, in float64, for the tests of src/compat.

    python scripts/goldens/optimizers.py torch > test/goldens/optimizers/torch.json
    python scripts/goldens/optimizers.py keras > test/goldens/optimizers/keras.json
    python scripts/goldens/optimizers.py optax > test/goldens/optimizers/optax.json

Open loop: a start and a list of gradients go in; w[t] are the weights after gradient t. The first coordinate's gradient
is always 0. A case says which set of gradients it takes, and into which tensors the weights are split. An argument
{"schedule": [...]} is a schedule: its value at each step. Under "refused" stand arguments that raise an error there.
"""

import importlib
import json
import platform
import sys

import numpy as np

STEPS, SIZE = 20, 6


def gradient_sets():
    """noisy: of changing sign and of sizes from 1e-3 to 10. sparse: mostly 0. steady: a slow turn around a bowl."""
    random = np.random.default_rng(20)
    sizes = np.array([0, 1e-3, 0.1, 1, 3, 10])
    steps = np.arange(STEPS)[:, None]
    noisy = sizes * (0.4 + random.standard_normal((STEPS, SIZE)))
    sparse = noisy[:, [0, 3, 4, 5, 2, 1]] * (random.random((STEPS, SIZE)) < 0.25)
    steady = sizes * np.cos(0.15 * steps + np.arange(SIZE)) * 0.97**steps
    start = np.array([2.5, -1.75, 3.25, -2.125, 4.5, -3.875])
    return {
        name: {"w0": start.tolist(), "g": gradients.tolist()}
        for name, gradients in [("noisy", noisy), ("sparse", sparse), ("steady", steady)]
    }


def rounded(rows):
    return [[float(x) for x in row] for row in rows]


def raises(library, name, args, sets):
    try:
        library.run(name, args, sets["noisy"]["w0"], sets["noisy"]["g"], [SIZE])
    except (TypeError, ValueError):
        return True
    raise AssertionError(f"{name} takes {args}")


def main():
    library = importlib.import_module(f"optimizers_{sys.argv[1]}")
    sets = gradient_sets()
    cases = []
    for name, args, *options in library.CASES:
        option = options[0] if options else {}
        chosen = option.get("gradients", ["noisy", "sparse", "steady"][len(cases) % 3])
        tensors = option.get("tensors", [SIZE])
        result = library.run(name, args, sets[chosen]["w0"], sets[chosen]["g"], tensors)
        case = {"name": name, "args": args, "gradients": chosen, "tensors": tensors}
        cases.append({**case, **{key: rounded(rows) for key, rows in result.items()}})
    refused = [{"name": name, "args": args} for name, args in library.REFUSED if raises(library, name, args, sets)]
    head = {
        "made": f"scripts/goldens/optimizers.py {sys.argv[1]}",
        "python": platform.python_version(),
        **library.VERSIONS,
    }
    body = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases)
    print(f'{json.dumps(head)[:-1]}, "sets": {json.dumps(sets)}, "refused": {json.dumps(refused)}, "cases": [\n{body}\n]}}')


if __name__ == "__main__":
    main()
