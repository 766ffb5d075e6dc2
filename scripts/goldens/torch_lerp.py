"""Trajectories of PyTorch's optimizers whose averages forget half or more in a step, on gradients of sizes far apart.

    python scripts/goldens/torch_lerp.py > test/goldens/optimizers/torch-lerp.json

torch.lerp(start, end, weight) is start + weight·(end − start) below a weight of 0.5 and end − (end − start)·(1 − weight)
from there on; where start is 10¹⁴ times end, the first form would lose all digits of end.
"""

import json
import platform

import optimizers_torch as library

START = [1.0, -2.0, 0.5]
FAR = [
    [1e14, 3.0, 1e-9],
    [0.3, -1e13, 2.0],
    [-0.7, 0.11, 1e15],
    [1e-3, 0.2, -0.4],
    [1e12, 1e-6, 0.3],
    [0.2, 4.0, 1e-7],
    [-3.0, 0.6, 0.9],
    [0.04, -5e14, 0.01],
    [0.05, 0.7, -0.02],
    [1.5, 0.3, 0.25],
]

CASES = [
    (name, {"lr": 0.1, "betas": betas, "eps": 1e-3, **more})
    for betas in [[0.0, 0.0], [0.5, 0.0], [0.3, 0.1], [0.49, 0.2], [0.51, 0.1], [0.1, 0.999]]
    for name, more in [("Adam", {}), ("AdamW", {}), ("Adam", {"amsgrad": True}), ("NAdam", {}), ("RAdam", {}), ("Adamax", {})]
] + [
    ("RMSprop", {"lr": 0.1, "alpha": alpha, "eps": 1e-3, "centered": True, "momentum": momentum})
    for alpha in [0.5, 0.3, 0.1, 0.6]
    for momentum in [0, 0.5]
]

cases = []
for name, args in CASES:
    w = library.run(name, args, START, FAR, [3])["w"]
    if all(x == x for row in w for x in row):
        cases.append({"library": "torch", "name": name, "args": args, "gradients": "far", "tensors": [3], "w": w})

head = {"made": "scripts/goldens/torch_lerp.py", "python": platform.python_version(), **library.VERSIONS}
body = ",\n".join(json.dumps(case) for case in cases)
sets = json.dumps({"far": {"w0": START, "g": FAR}})
print(f'{json.dumps(head)[:-1]}, "sets": {sets}, "cases": [\n{body}\n], "refused": []}}')
