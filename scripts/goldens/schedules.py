"""Rates by PyTorch's and optax's schedules that were not among the first, for test/optimizers/schedules.test.ts.

    python scripts/goldens/schedules.py > test/goldens/optimizers/more-schedules.json

rates[0] is the value at the first step. A plateau scheduler is told the costs one by one, each after a step.
"""

import json
import math

import jax
import optax
import torch
from torch.optim import lr_scheduler

jax.config.update("jax_enable_x64", True)

LR = 0.3
COSTS = [5, 4, 3.9999, 3.999, 3.5, 3.4999999, 3.4999998, 3.5, 3.6, 3, 3, 3, 3, 3, 2, 1, 0.99995, 0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.5]


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LR, momentum=0.9)


def torch_values(make, steps, key="lr"):
    own = optimizer()
    scheduler = make(own)
    values = []
    for i in range(steps):
        values.append(own.param_groups[0][key])
        own.step()
        if i < steps - 1:
            scheduler.step()
    return values


def plateau(args):
    own = optimizer()
    scheduler = lr_scheduler.ReduceLROnPlateau(own, **args)
    values = []
    for cost in COSTS:
        values.append(own.param_groups[0]["lr"])
        own.step()
        scheduler.step(cost)
    return values


cases = []


def case(name, args, values):
    values = [float(x) for x in values]
    assert all(math.isfinite(x) for x in values)
    cases.append({"name": name, "args": args, "values": values})


for steps, rise in [(10, 0.3), (38, 0.3), (7, 0.5), (100, 0.25), (3, 0.9), (2, 0.3)]:
    args = {"max_lr": LR, "total_steps": steps, "pct_start": rise}
    case("OneCycleLR", args, torch_values(lambda own: lr_scheduler.OneCycleLR(own, **args), steps))
    case("OneCycleLR momentum", args, torch_values(lambda own: lr_scheduler.OneCycleLR(own, **args), steps, "momentum"))
for args in [{}, {"start_factor": 0.5, "end_factor": 0.25, "total_iters": 7}, {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 12}]:
    case("LinearLR", args, torch_values(lambda own: lr_scheduler.LinearLR(own, **args), 20))
for args in [{"milestones": [3, 8, 15]}, {"milestones": [1, 2], "gamma": 0.5}]:
    case("MultiStepLR", args, torch_values(lambda own: lr_scheduler.MultiStepLR(own, **args), 20))
for args in [
    {"base_lr": 0.01, "max_lr": LR, "step_size_up": 4},
    {"base_lr": 0.01, "max_lr": LR, "step_size_up": 3, "step_size_down": 5},
    {"base_lr": 0.02, "max_lr": LR, "step_size_up": 5, "mode": "triangular2"},
    {"base_lr": 0.02, "max_lr": LR, "step_size_up": 2, "step_size_down": 3, "mode": "exp_range", "gamma": 0.95},
]:
    case("CyclicLR", args, torch_values(lambda own: lr_scheduler.CyclicLR(own, cycle_momentum=False, **args), 40))
for args in [{"T_0": 10, "T_mult": 2}, {"T_0": 5, "T_mult": 3, "eta_min": 0.01}, {"T_0": 7, "T_mult": 1, "eta_min": 0.02}]:
    cycles = 3
    steps = sum(args["T_0"] * args["T_mult"] ** k for k in range(cycles))
    warm = lambda own: lr_scheduler.CosineAnnealingWarmRestarts(own, **args)
    case("CosineAnnealingWarmRestarts", {**args, "cycles": cycles, "steps": steps}, torch_values(warm, steps))


def warmup_cosine(own):
    warm = lr_scheduler.LinearLR(own, start_factor=1 / 5, end_factor=1.0, total_iters=4)
    return lr_scheduler.SequentialLR(own, [warm, lr_scheduler.CosineAnnealingLR(own, T_max=20)], milestones=[5])


case("SequentialLR warm-up, cosine", {"warmup": 5, "T_max": 20}, torch_values(warmup_cosine, 25))


def constant_exponential(own):
    parts = [lr_scheduler.ConstantLR(own, factor=1.0), lr_scheduler.ExponentialLR(own, gamma=0.8)]
    return lr_scheduler.SequentialLR(own, parts, milestones=[6])


case("SequentialLR constant, exponential", {"milestone": 6, "gamma": 0.8}, torch_values(constant_exponential, 20))
for args in [
    {"patience": 1},
    {"patience": 2, "factor": 0.5, "threshold": 0.05},
    {"patience": 1, "factor": 0.5, "cooldown": 3},
    {"patience": 0, "factor": 0.9, "cooldown": 1, "threshold": 0.3, "threshold_mode": "abs"},
    {"patience": 1, "factor": 0.5, "mode": "max", "threshold_mode": "abs", "threshold": 0.01},
    {"patience": 1, "factor": 0.5, "mode": "max"},
]:
    case("ReduceLROnPlateau", args, plateau(args))


def optax_values(schedule, steps):
    return [schedule(i) for i in range(steps)]


case("linear_schedule", {"transition_steps": 9, "end_value": 0.06}, optax_values(optax.linear_schedule(LR, 0.06, 9), 15))
pieces = {"4": 0.5, "9": 0.2}
case("piecewise_constant_schedule", pieces, optax_values(optax.piecewise_constant_schedule(LR, {4: 0.5, 9: 0.2}), 15))
row = optax.join_schedules([optax.constant_schedule(LR), optax.exponential_decay(LR, 1, 0.7)], [5])
case("join_schedules", {"boundary": 5, "decay_rate": 0.7}, optax_values(row, 15))
cosine = optax.cosine_decay_schedule(LR, 12, alpha=0.1)
case("cosine_decay_schedule", {"decay_steps": 12, "alpha": 0.1}, optax_values(cosine, 16))

head = {"made": "scripts/goldens/schedules.py", "torch": torch.__version__, "optax": optax.__version__, "lr": LR, "costs": COSTS}
body = ",\n".join(json.dumps(each) for each in cases)
print(f'{json.dumps(head)[:-1]}, "cases": [\n{body}\n]}}')
