"""Trajectories of PyTorch's optimizers with param_groups, for test/optimizers/groups.test.ts.

    python scripts/goldens/parameter_groups.py > test/goldens/optimizers/parameter-groups.json

Two dense layers: weights [3, 2] and [2, 2], with biases. Biases have no weight decay, the first layer has a tenth of the
learning rate. Open loop: w[t] are all weights, one after the other, after gradient t. "clip": the gradients are first scaled
by torch.nn.utils.clip_grad_norm_. "decay": a factor of the learning rate from step to step, by LambdaLR.
"""

import json
import platform

import numpy
import torch

SHAPES = {"layer1_weight": (3, 2), "layer1_bias": (2,), "layer2_weight": (2, 2), "layer2_bias": (2,)}
STEPS = 20

CASES = [
    ("SGD", {"lr": 0.05, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.02, "momentum": 0.9, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.02, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.01, "weight_decay": 0.1}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.1}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.1}, {"clip": 1}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.1}, {"decay": 0.9}),
    ("NAdam", {"lr": 0.01, "weight_decay": 0.1}),
    ("RAdam", {"lr": 0.01, "weight_decay": 0.1}),
    ("Adamax", {"lr": 0.01, "weight_decay": 0.1}),
    ("Adagrad", {"lr": 0.1, "weight_decay": 0.1}),
    ("Adadelta", {"lr": 1.0, "weight_decay": 0.1}),
    ("RMSprop", {"lr": 0.01, "weight_decay": 0.1, "momentum": 0.5}),
]


def problem():
    random = numpy.random.default_rng(12)
    tensors = {name: random.normal(size=shape) for name, shape in SHAPES.items()}
    gradients = [{name: random.normal(size=shape) for name, shape in SHAPES.items()} for _ in range(STEPS)]
    return tensors, gradients


def flat(tensors):
    return numpy.concatenate([numpy.asarray(tensors[name]).ravel() for name in SHAPES]).tolist()


def trajectory(name, args, dtype, tensors, gradients, clip=None, decay=None):
    weights = {each: torch.tensor(values, dtype=dtype, requires_grad=True) for each, values in tensors.items()}
    groups = [
        {
            "params": [weight],
            "lr": args["lr"] * (0.1 if each.startswith("layer1") else 1),
            "weight_decay": 0 if each.endswith("bias") else args["weight_decay"],
        }
        for each, weight in weights.items()
    ]
    optimizer = getattr(torch.optim, name)(groups, **args)
    schedule = None if decay is None else torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: decay**step)
    rows = []
    for gradient in gradients:
        for each, weight in weights.items():
            weight.grad = torch.tensor(gradient[each], dtype=dtype)
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(weights.values(), clip)
        optimizer.step()
        if schedule is not None:
            schedule.step()
        rows.append(flat({each: weight.detach().double().numpy() for each, weight in weights.items()}))
    return rows


def main():
    tensors, gradients = problem()
    cases = [
        {
            "name": name,
            "args": args,
            **(options[0] if options else {}),
            "f64": trajectory(name, args, torch.float64, tensors, gradients, **(options[0] if options else {})),
            "f32": trajectory(name, args, torch.float32, tensors, gradients, **(options[0] if options else {}))[-1],
        }
        for name, args, *options in CASES
    ]
    head = {
        "made": "scripts/goldens/parameter_groups.py",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "shapes": SHAPES,
        "w0": flat(tensors),
        "g": [flat(gradient) for gradient in gradients],
    }
    body = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases)
    print(f'{json.dumps(head)[:-1]}, "cases": [\n{body}\n]}}')


main()
