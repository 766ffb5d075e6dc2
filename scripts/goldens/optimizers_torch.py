"""PyTorch's side of optimizers.py."""

import torch

VERSIONS = {"torch": torch.__version__}

RATES = {"schedule": [0.05 / (1 + step / 4) for step in range(20)]}


def run(name, args, start, gradients, tensors):
    weights = [torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in split(start, tensors)]
    rates = args.get("lr")
    plain = {**args, "lr": rates["schedule"][0]} if isinstance(rates, dict) else args
    optimizer = getattr(torch.optim, name)(weights, **plain)
    trajectory = []
    for step, gradient in enumerate(gradients):
        for weight, part in zip(weights, split(gradient, tensors)):
            weight.grad = torch.tensor(part, dtype=torch.float64)
        if isinstance(rates, dict):
            optimizer.param_groups[0]["lr"] = rates["schedule"][step]
        optimizer.step()
        trajectory.append(torch.cat([weight.detach() for weight in weights]).tolist())
    return {"w": trajectory}


def split(numbers, tensors):
    ends = [sum(tensors[: i + 1]) for i in range(len(tensors))]
    return [numbers[end - size : end] for end, size in zip(ends, tensors)]


BETAS = [0.8, 0.98]

CASES = [
    ("SGD", {}),
    ("SGD", {"lr": 0.05, "maximize": True}),
    ("SGD", {"lr": 0.05, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.05, "weight_decay": 0.1, "maximize": True}),
    ("SGD", {"lr": 0.02, "momentum": 0.7, "dampening": 0.3}),
    ("SGD", {"lr": 0.02, "momentum": 0.7, "dampening": 0.9, "weight_decay": 0.05, "maximize": True}),
    ("SGD", {"lr": 0.02, "momentum": 0.95, "nesterov": True, "weight_decay": 0.02}),
    ("SGD", {"lr": 0.02, "momentum": 0.5, "nesterov": True, "maximize": True}),
    ("SGD", {"lr": 0.01, "momentum": 1.0}),
    ("SGD", {"lr": 0.01, "momentum": 0.9, "dampening": -0.5}),
    ("SGD", {"lr": RATES, "momentum": 0.9}),
    ("SGD", {"lr": 0}),
    ("SGD", {"lr": 0.03, "foreach": True, "momentum": 0.9}),
    ("SGD", {"lr": 0.03, "fused": True, "momentum": 0.9, "dampening": 0.2}),
    ("Adagrad", {}),
    ("Adagrad", {"lr": 0.5, "lr_decay": 0.2}),
    ("Adagrad", {"lr": 0.1, "weight_decay": 0.1}),
    ("Adagrad", {"lr": 0.1, "initial_accumulator_value": 0.5, "eps": 0.01}),
    ("Adagrad", {"lr": 0.1, "maximize": True, "weight_decay": 0.02, "lr_decay": 0.01}),
    ("Adagrad", {"lr": 0.2, "eps": 0.1, "foreach": True}),
    ("Adagrad", {"lr": RATES, "lr_decay": 0.1}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.5}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.9, "eps": 0.1}),
    ("RMSprop", {"lr": 0.02, "weight_decay": 0.1, "maximize": True}),
    ("RMSprop", {"lr": 0.02, "momentum": 0.9}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.8, "centered": True}),
    ("RMSprop", {"lr": 0.01, "alpha": 0.9, "centered": True, "momentum": 0.7, "weight_decay": 0.05, "eps": 1e-3}),
    ("RMSprop", {"lr": RATES, "centered": True, "momentum": 0.5, "maximize": True}),
    ("Adadelta", {}),
    ("Adadelta", {"lr": 0.5, "rho": 0.5}),
    ("Adadelta", {"lr": 2.0, "eps": 1e-3}),
    ("Adadelta", {"weight_decay": 0.1, "maximize": True}),
    ("Adadelta", {"lr": RATES, "rho": 0.95, "eps": 1e-2, "weight_decay": 0.02}),
    ("Adam", {}),
    ("Adam", {"lr": 0.05, "betas": BETAS}),
    ("Adam", {"lr": 0.05, "betas": [0.5, 0.9999]}),
    ("Adam", {"lr": 0.05, "betas": [0.0, 0.0]}),
    ("Adam", {"lr": 0.05, "betas": [0.3, 0.6], "eps": 0.1}),
    ("Adam", {"lr": 0.05, "weight_decay": 0.1, "maximize": True}),
    ("Adam", {"lr": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ("Adam", {"lr": 0.05, "amsgrad": True, "betas": BETAS}),
    ("Adam", {"lr": 0.05, "amsgrad": True, "weight_decay": 0.02, "maximize": True, "eps": 1e-3}),
    ("Adam", {"lr": RATES, "betas": BETAS}),
    ("Adam", {"lr": 0.05, "fused": True, "weight_decay": 0.01}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0.3, "betas": BETAS, "eps": 1e-4}),
    ("AdamW", {"lr": 0.05, "amsgrad": True, "maximize": True}),
    ("AdamW", {"lr": RATES, "weight_decay": 0.2, "foreach": True}),
    ("Adamax", {}),
    ("Adamax", {"lr": 0.05, "betas": BETAS, "eps": 1e-3}),
    ("Adamax", {"lr": 0.05, "betas": [0.6, 0.7], "weight_decay": 0.1}),
    ("Adamax", {"lr": RATES, "maximize": True, "weight_decay": 0.01}),
    ("NAdam", {}),
    ("NAdam", {"lr": 0.05, "betas": BETAS, "eps": 1e-3}),
    ("NAdam", {"lr": 0.05, "momentum_decay": 0}),
    ("NAdam", {"lr": 0.05, "momentum_decay": 0.1, "weight_decay": 0.1}),
    ("NAdam", {"lr": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ("NAdam", {"lr": 0.05, "betas": [0.95, 0.9], "maximize": True, "weight_decay": 0.02}),
    ("NAdam", {"lr": RATES, "betas": [0.7, 0.99]}),
    ("RAdam", {}),
    ("RAdam", {"lr": 0.05, "betas": BETAS, "eps": 1e-3}),
    ("RAdam", {"lr": 0.05, "betas": [0.9, 0.99]}),
    ("RAdam", {"lr": 0.05, "betas": [0.9, 0.9999]}),
    ("RAdam", {"lr": 0.05, "betas": [0.5, 0.6]}),
    ("RAdam", {"lr": 0.05, "weight_decay": 0.1, "maximize": True}),
    ("RAdam", {"lr": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ("RAdam", {"lr": RATES, "betas": [0.8, 0.95]}),
    ("Rprop", {}),
    ("Rprop", {"lr": 0.1, "etas": [0.3, 1.5]}),
    ("Rprop", {"lr": 0.1, "step_sizes": [0.05, 0.15]}),
    ("Rprop", {"lr": 0.5, "step_sizes": [1e-3, 0.2], "maximize": True}),
    ("ASGD", {}),
    ("ASGD", {"lr": 0.05, "lambd": 0.01, "alpha": 0.5}),
    ("ASGD", {"lr": 0.05, "t0": 5, "weight_decay": 0.1}),
    ("ASGD", {"lr": RATES, "lambd": 0.1, "maximize": True}),
]

REFUSED = [
    ("SGD", {"lr": -0.1}),
    ("SGD", {"momentum": -0.1}),
    ("SGD", {"weight_decay": -0.1}),
    ("SGD", {"nesterov": True}),
    ("SGD", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}),
    ("SGD", {"learning_rate": 0.1}),
    ("Adagrad", {"lr": -0.1}),
    ("Adagrad", {"lr_decay": -0.1}),
    ("Adagrad", {"eps": -0.1}),
    ("Adagrad", {"initial_accumulator_value": -0.1}),
    ("RMSprop", {"alpha": -0.1}),
    ("RMSprop", {"momentum": -0.1}),
    ("Adadelta", {"rho": 1.1}),
    ("Adadelta", {"rho": -0.1}),
    ("Adam", {"betas": [1.0, 0.999]}),
    ("Adam", {"betas": [0.9, 1.0]}),
    ("Adam", {"betas": [-0.1, 0.9]}),
    ("Adam", {"eps": -1e-8}),
    ("Adam", {"weight_decay": -0.1}),
    ("Adam", {"beta1": 0.9}),
    ("AdamW", {"lr": -0.1}),
    ("AdamW", {"decoupled_weight_decay": False}),
    ("Adamax", {"betas": [0.9, 1.5]}),
    ("NAdam", {"momentum_decay": -0.1}),
    ("RAdam", {"weight_decay": -0.1}),
    ("RAdam", {"amsgrad": True}),
    ("Rprop", {"etas": [1.5, 2]}),
    ("Rprop", {"etas": [0.5, 0.9]}),
    ("Rprop", {"weight_decay": 0.1}),
    ("ASGD", {"lr": -0.1}),
]
