"""Learning rates by PyTorch's schedulers, for test/optimizers/schedules.test.ts.

    python scripts/goldens/optimizers_schedules.py > test/goldens/optimizers/schedules.json

rates[0] is the rate of the first step. A plateau scheduler is told the costs one by one, each after a step.
"""

import json

import torch
from torch.optim import lr_scheduler

COSTS = [5, 4, 4.5, 4.2, 4.1, 4, 3, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.4, 2, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5]

CASES = [
    ("StepLR", {"step_size": 5, "gamma": 0.5}),
    ("StepLR", {"step_size": 7}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("PolynomialLR", {"total_iters": 12, "power": 2.0}),
    ("PolynomialLR", {"total_iters": 15}),
    ("LinearLR", {"start_factor": 1.0, "end_factor": 0.1, "total_iters": 10}),
    ("CosineAnnealingLR", {"T_max": 23, "eta_min": 0.01}),
    ("CosineAnnealingWarmRestarts", {"T_0": 8, "eta_min": 0.01}),
    ("ReduceLROnPlateau", {"factor": 0.5, "patience": 2, "threshold": 0}),
    ("ReduceLROnPlateau", {"factor": 0.1, "patience": 0, "threshold": 0, "min_lr": 0.002}),
]

cases = []
for name, args in CASES:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = getattr(lr_scheduler, name)(optimizer, **args)
    rates = []
    for cost in COSTS:
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if name == "ReduceLROnPlateau":
            scheduler.step(cost)
        else:
            scheduler.step()
    cases.append({"name": name, "args": args, "rates": rates})

head = {"made": "scripts/goldens/optimizers_schedules.py", "torch": torch.__version__, "lr": 0.3, "costs": COSTS}
body = ",\n".join(json.dumps(case) for case in cases)
print(f'{json.dumps(head)[:-1]}, "cases": [\n{body}\n]}}')
