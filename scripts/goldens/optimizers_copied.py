"""Runs the PyTorch classes that Downhill writes of its rules (test/goldens/optimizers/pytorch/*.py) and records their walks.

    python scripts/goldens/optimizers_copied.py

Needs PyTorch. The classes are those of `downhill optimizers NAME --pytorch`; a test holds them to what is written today.
"""

import importlib.util
import json
import pathlib
import random

import torch

FOLDER = pathlib.Path(__file__).parents[2] / "test/goldens/optimizers/pytorch"
SIZES = [4, 7]
STEPS = 30

generator = random.Random(1)
start = [generator.uniform(-3, 3) for _ in range(sum(SIZES))]
a = [10 ** generator.uniform(-2, 1) for _ in start]
b = [generator.uniform(-1, 1) for _ in start]


def class_in(file):
    spec = importlib.util.spec_from_file_location("rule", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, torch.optim.Optimizer) and value is not torch.optim.Optimizer
    )


def walk(Optimizer):
    whole = torch.tensor(start, dtype=torch.float64)
    w = [part.clone().requires_grad_() for part in torch.split(whole, SIZES)]
    scale, slope = (torch.tensor(x, dtype=torch.float64) for x in (a, b))
    optimizer = Optimizer(w)

    def closure():
        optimizer.zero_grad()
        x = torch.cat(w)
        loss = (scale * (1 - torch.cos(x))).sum() + 0.5 * (slope * x).sum() ** 2
        loss.backward()
        return loss

    path = []
    for _ in range(STEPS):
        optimizer.step(closure)
        path.append(torch.cat(w).tolist())
    return path


paths = {file.stem: walk(class_in(file)) for file in sorted(FOLDER.glob("*.py"))}
golden = {"made_by": f"torch {torch.__version__}", "sizes": SIZES, "start": start, "a": a, "b": b, "paths": paths}
(FOLDER / "paths.json").write_text(json.dumps(golden) + "\n")
