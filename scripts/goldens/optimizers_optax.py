"""optax's side of optimizers.py: on JAX, everything in float64."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax

VERSIONS = {"optax": optax.__version__, "jax": jax.__version__}

RATES = {"schedule": [0.05 / (1 + step / 4) for step in range(20)]}
DECAYS = {"schedule": [0.02 * (1 + step % 3) for step in range(20)]}


def schedule(argument):
    if not isinstance(argument, dict):
        return argument
    values = jnp.array(argument["schedule"], dtype="float64")
    return lambda count: values[count]


def run(name, args, start, gradients, tensors):
    ends = np.cumsum(tensors)[:-1]
    split = lambda numbers: [jnp.asarray(part) for part in np.split(np.array(numbers, dtype="float64"), ends)]
    weights = split(start)
    optimizer = getattr(optax, name)(**{key: schedule(argument) for key, argument in args.items()})
    state = optimizer.init(weights)
    trajectory = []
    for gradient in gradients:
        updates, state = optimizer.update(split(gradient), state, weights)
        weights = optax.apply_updates(weights, updates)
        trajectory.append(np.concatenate(weights))
    return {"w": trajectory}


TWO = {"tensors": [4, 2]}

CASES = [
    ("sgd", {"learning_rate": 0.05}),
    ("sgd", {"learning_rate": 0.05, "momentum": 0.7}),
    ("sgd", {"learning_rate": 0.05, "nesterov": True}),
    ("sgd", {"learning_rate": RATES, "momentum": 0.9, "nesterov": True}),
    ("adagrad", {"learning_rate": 0.2, "initial_accumulator_value": 0.0}),
    ("adagrad", {"learning_rate": 0.2, "initial_accumulator_value": 0.8, "eps": 1e-2}),
    ("adagrad", {"learning_rate": RATES}),
    ("rmsprop", {"learning_rate": 0.02, "decay": 0.5}),
    ("rmsprop", {"learning_rate": 0.02, "eps": 1e-3, "initial_scale": 0.5}),
    ("rmsprop", {"learning_rate": 0.02, "eps": 1e-3, "eps_in_sqrt": False}),
    ("rmsprop", {"learning_rate": 0.02, "centered": True}),
    ("rmsprop", {"learning_rate": 0.02, "centered": True, "eps_in_sqrt": False, "initial_scale": 0.1}),
    ("rmsprop", {"learning_rate": 0.02, "momentum": 0.9}),
    ("rmsprop", {"learning_rate": 0.02, "momentum": 0.9, "nesterov": True}),
    ("rmsprop", {"learning_rate": 0.02, "centered": True, "momentum": 0.5, "nesterov": True, "eps": 1e-2}),
    ("rmsprop", {"learning_rate": 0.02, "bias_correction": True}),
    ("rmsprop", {"learning_rate": 0.02, "bias_correction": True, "eps_in_sqrt": False, "momentum": 0.5, "decay": 0.99}),
    ("rmsprop", {"learning_rate": 0.02, "bias_correction": True, "centered": True, "eps": 0.1}),
    ("rmsprop", {"learning_rate": 0.02, "bias_correction": True, "centered": True, "initial_scale": 1.0}),
    ("rmsprop", {"learning_rate": RATES, "momentum": 0.9}),
    ("adadelta", {"learning_rate": 1.0}),
    ("adadelta", {"learning_rate": 0.5, "rho": 0.5, "eps": 1e-3}),
    ("adadelta", {"learning_rate": 1.0, "weight_decay": 0.1}),
    ("adadelta", {"learning_rate": 1.0, "weight_decay": 0.1, "weight_decay_mask": False}),
    ("adadelta", {"learning_rate": 1.0, "weight_decay": DECAYS}),
    ("adadelta", {}),
    ("adadelta", {"learning_rate": RATES}),
    ("adam", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.98}),
    ("adam", {"learning_rate": 0.05, "b1": 0.5, "b2": 0.9999, "eps": 1e-4}),
    ("adam", {"learning_rate": 0.05, "eps_root": 1e-2}),
    ("adam", {"learning_rate": 0.05, "nesterov": True}),
    ("adam", {"learning_rate": RATES, "b1": 0.0}),
    ("adamw", {"learning_rate": 0.05}),
    ("adamw", {"learning_rate": 0.05, "weight_decay": 0.3, "eps_root": 1e-3}),
    ("adamw", {"learning_rate": 0.05, "weight_decay": 0.3, "nesterov": True, "b2": 0.9}),
    ("adamw", {"learning_rate": 0.05, "weight_decay": 0.3, "mask": True}),
    ("adamw", {"learning_rate": 0.05, "weight_decay": 0.3, "mask": False}),
    ("adamw", {"learning_rate": RATES, "weight_decay": DECAYS}),
    ("nadam", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.98, "eps": 1e-3}),
    ("nadam", {"learning_rate": 0.05, "eps_root": 1e-3}),
    ("nadam", {"learning_rate": 0.05, "nesterov": False}),
    ("nadamw", {"learning_rate": 0.05}),
    ("nadamw", {"learning_rate": 0.05, "weight_decay": 0.2, "b1": 0.7}),
    ("amsgrad", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.9}),
    ("amsgrad", {"learning_rate": 0.05, "eps": 1e-3, "eps_root": 1e-3}),
    ("amsgrad", {"learning_rate": 0.05, "bias_correction_mu": False}),
    ("amsgrad", {"learning_rate": 0.05, "bias_correction_nu": False, "b2": 0.9}),
    ("amsgrad", {"learning_rate": RATES, "bias_correction_mu": False, "bias_correction_nu": False}),
    ("adamax", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.7, "eps": 1e-2}),
    ("adamax", {"learning_rate": RATES}),
    ("adamaxw", {"learning_rate": 0.05}),
    ("adamaxw", {"learning_rate": 0.05, "weight_decay": 0.3, "b1": 0.6}),
    ("adamaxw", {"learning_rate": 0.05, "weight_decay": 0.3, "mask": False}),
    ("lion", {"learning_rate": 0.01, "weight_decay": 0.0}),
    ("lion", {"learning_rate": 0.01, "b1": 0.5, "b2": 0.8, "weight_decay": 0.3}),
    ("lion", {"learning_rate": RATES, "weight_decay": DECAYS}),
    ("lamb", {"learning_rate": 0.01}, TWO),
    ("lamb", {"learning_rate": 0.02, "b1": 0.8, "b2": 0.98, "eps": 1e-3, "weight_decay": 0.1}, TWO),
    ("lamb", {"learning_rate": 0.02, "eps_root": 1e-2, "weight_decay": 0.1, "mask": False}),
    ("lamb", {"learning_rate": RATES}, {**TWO, "gradients": "sparse"}),
    ("radam", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.98, "eps": 1e-3}),
    ("radam", {"learning_rate": 0.05, "b2": 0.99, "eps_root": 1e-3}),
    ("radam", {"learning_rate": 0.05, "b2": 0.9999}),
    ("radam", {"learning_rate": 0.05, "threshold": 4.0}),
    ("radam", {"learning_rate": 0.5}, {"gradients": "sparse"}),
    ("radam", {"learning_rate": 0.05, "threshold": 8.0, "nesterov": True}),
    ("radam", {"learning_rate": RATES, "nesterov": True, "b2": 0.95}),
    ("yogi", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.9, "eps": 1e-2}),
    ("yogi", {"learning_rate": RATES}),
    ("adabelief", {"learning_rate": 0.05, "b1": 0.8, "b2": 0.98, "eps": 1e-8}),
    ("adabelief", {"learning_rate": 0.05, "eps_root": 1e-3}),
    ("adabelief", {"learning_rate": 0.05, "nesterov": True}),
    ("adabelief", {"learning_rate": RATES}),
    ("rprop", {"learning_rate": 0.05}),
    ("rprop", {"learning_rate": 0.1, "eta_minus": 0.3, "eta_plus": 1.5}),
    ("rprop", {"learning_rate": 0.5, "min_step_size": 0.05, "max_step_size": 0.2}),
]

REFUSED = [
    ("sgd", {}),
    ("sgd", {"lr": 0.1}),
    ("adam", {}),
    ("adam", {"learning_rate": 0.1, "betas": [0.9, 0.999]}),
    ("adagrad", {"learning_rate": 0.1, "weight_decay": 0.1}),
    ("amsgrad", {"learning_rate": 0.1, "nesterov": True}),
    ("lamb", {"learning_rate": 0.1, "nesterov": True}),
    ("rprop", {"learning_rate": 0.1, "etas": [0.5, 1.2]}),
]
