"""Keras's side of optimizers.py: on JAX, everything in float64."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax

jax.config.update("jax_enable_x64", True)

import keras
import numpy as np

keras.config.set_floatx("float64")

VERSIONS = {"keras": keras.__version__, "jax": jax.__version__}

RATES = {"schedule": [0.05 / (1 + step / 4) for step in range(20)]}


class Table(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, values):
        self.values = keras.ops.convert_to_tensor(values, dtype="float64")

    def __call__(self, step):
        return self.values[int(step)]


def run(name, args, start, gradients, tensors):
    ends = np.cumsum(tensors)[:-1]
    split = lambda numbers: np.split(np.array(numbers, dtype="float64"), ends)
    variables = [keras.Variable(part, dtype="float64") for part in split(start)]
    rates = args.get("learning_rate")
    args = {**args, "learning_rate": Table(rates["schedule"])} if isinstance(rates, dict) else args
    optimizer = getattr(keras.optimizers, name)(**args)
    trajectory, averages = [], []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(part) for part in split(gradient)], variables)
        trajectory.append(np.concatenate([np.array(variable.value) for variable in variables]))
        if args.get("use_ema"):
            kept = optimizer._model_variables_moving_average
            averages.append(np.concatenate([np.array(average.value) for average in kept]))
    return {"w": trajectory, "average": averages} if averages else {"w": trajectory}


TWO = {"tensors": [4, 2]}
NOISY, SPARSE, STEADY = ({"gradients": name} for name in ["noisy", "sparse", "steady"])

CASES = [
    ("SGD", {}),
    ("SGD", {"learning_rate": 0.02, "momentum": 0.5}),
    ("SGD", {"learning_rate": 0.02, "momentum": 0.95, "nesterov": True}),
    ("SGD", {"learning_rate": 0.02, "nesterov": True}),
    ("SGD", {"learning_rate": 0.02, "momentum": 0.9, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.02, "weight_decay": 0.0}),
    ("SGD", {"learning_rate": 0.05, "clipnorm": 1.0}, NOISY),
    ("SGD", {"learning_rate": 0.05, "clipnorm": 1.0, "momentum": 0.9}, {**NOISY, **TWO}),
    ("SGD", {"learning_rate": 0.05, "clipnorm": 2.0}, {**SPARSE, **TWO}),
    ("SGD", {"learning_rate": 0.05, "global_clipnorm": 2.0}, {**NOISY, **TWO}),
    ("SGD", {"learning_rate": 0.05, "global_clipnorm": 1.5, "momentum": 0.9}, SPARSE),
    ("SGD", {"learning_rate": 0.05, "clipvalue": 0.5}, NOISY),
    ("SGD", {"learning_rate": 0.05, "clipvalue": 0.5, "weight_decay": 0.1, "loss_scale_factor": 4.0}, NOISY),
    ("SGD", {"learning_rate": 0.05, "loss_scale_factor": 128.0}),
    ("SGD", {"learning_rate": 0.05, "loss_scale_factor": 8.0, "global_clipnorm": 0.3}, {**NOISY, **TWO}),
    ("SGD", {"learning_rate": 0.05, "gradient_accumulation_steps": 2}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.9, "gradient_accumulation_steps": 3, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.05, "gradient_accumulation_steps": 3, "global_clipnorm": 1.0}, {**NOISY, **TWO}),
    ("SGD", {"learning_rate": 0.05, "gradient_accumulation_steps": 4, "clipnorm": 1.0, "loss_scale_factor": 2.0}, {**STEADY, **TWO}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.8}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 4}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.9, "use_ema": True, "ema_overwrite_frequency": 1}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.7, "gradient_accumulation_steps": 3}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.7, "gradient_accumulation_steps": 3, "ema_overwrite_frequency": 2, "global_clipnorm": 1.0}, {**NOISY, **TWO}),
    ("SGD", {"learning_rate": RATES, "momentum": 0.9}),
    ("SGD", {"learning_rate": RATES, "gradient_accumulation_steps": 2, "weight_decay": 0.1}),
    ("Adagrad", {}),
    ("Adagrad", {"learning_rate": 0.2, "initial_accumulator_value": 0.0}),
    ("Adagrad", {"learning_rate": 0.2, "initial_accumulator_value": 0.7, "epsilon": 0.01}),
    ("Adagrad", {"learning_rate": 0.2, "weight_decay": 0.1, "clipvalue": 1.0}, NOISY),
    ("Adagrad", {"learning_rate": RATES, "gradient_accumulation_steps": 2}),
    ("RMSprop", {}),
    ("RMSprop", {"learning_rate": 0.02, "rho": 0.5, "epsilon": 1e-3}),
    ("RMSprop", {"learning_rate": 0.02, "momentum": 0.9}),
    ("RMSprop", {"learning_rate": 0.02, "centered": True}),
    ("RMSprop", {"learning_rate": 0.01, "rho": 0.7, "momentum": 0.5, "centered": True, "epsilon": 1e-3, "weight_decay": 0.1}),
    ("RMSprop", {"learning_rate": RATES, "clipnorm": 1.0}, {**NOISY, **TWO}),
    ("RMSprop", {"learning_rate": 0.02, "momentum": 0.9, "gradient_accumulation_steps": 2, "use_ema": True}),
    ("Adadelta", {}),
    ("Adadelta", {"learning_rate": 0.5, "rho": 0.5}),
    ("Adadelta", {"learning_rate": 2.0, "epsilon": 1e-3, "weight_decay": 0.02}),
    ("Adadelta", {"learning_rate": 1.0, "global_clipnorm": 1.0}, NOISY),
    ("Adam", {}),
    ("Adam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.98}),
    ("Adam", {"learning_rate": 0.05, "beta_1": 0.5, "beta_2": 0.9999, "epsilon": 1e-4}),
    ("Adam", {"learning_rate": 0.05, "amsgrad": True, "beta_2": 0.9}),
    ("Adam", {"learning_rate": 0.05, "weight_decay": 0.1, "clipnorm": 1.0}, {**NOISY, **TWO}),
    ("Adam", {"learning_rate": 0.05, "weight_decay": 0.1, "global_clipnorm": 1.0}, {**NOISY, **TWO}),
    ("Adam", {"learning_rate": 0.05, "clipvalue": 0.5, "amsgrad": True}),
    ("Adam", {"learning_rate": 0.05, "loss_scale_factor": 16.0}),
    ("Adam", {"learning_rate": 0.05, "gradient_accumulation_steps": 3}),
    ("Adam", {"learning_rate": 0.05, "gradient_accumulation_steps": 2, "amsgrad": True, "weight_decay": 0.05, "clipvalue": 1.0}),
    ("Adam", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 5}),
    ("Adam", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 2, "gradient_accumulation_steps": 2}),
    ("Adam", {"learning_rate": RATES}),
    ("AdamW", {}),
    ("AdamW", {"learning_rate": 0.05, "weight_decay": 0.2, "amsgrad": True}),
    ("AdamW", {"learning_rate": RATES, "weight_decay": 0.1, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}),
    ("Adamax", {}),
    ("Adamax", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 1e-2}),
    ("Adamax", {"learning_rate": 0.05, "weight_decay": 0.1, "gradient_accumulation_steps": 2}),
    ("Nadam", {}),
    ("Nadam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.98, "epsilon": 1e-3}),
    ("Nadam", {"learning_rate": 0.05, "weight_decay": 0.1, "clipnorm": 2.0}, NOISY),
    ("Nadam", {"learning_rate": 0.05, "gradient_accumulation_steps": 3}),
    ("Ftrl", {"learning_rate": 0.1}),
    ("Ftrl", {"learning_rate": 0.3, "initial_accumulator_value": 0.5, "learning_rate_power": -0.7}),
    ("Ftrl", {"learning_rate": 0.3, "l1_regularization_strength": 0.5, "l2_regularization_strength": 0.1}),
    ("Ftrl", {"learning_rate": 0.3, "l2_shrinkage_regularization_strength": 0.1, "beta": 0.3, "weight_decay": 0.05}),
    ("Lion", {"learning_rate": 0.01}),
    ("Lion", {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.8, "weight_decay": 0.3}),
    ("Lion", {"learning_rate": RATES, "beta_1": 1.0}),
    ("Lamb", {"learning_rate": 0.01}, TWO),
    ("Lamb", {"learning_rate": 0.02, "beta_1": 0.8, "beta_2": 0.98, "epsilon": 1e-3, "weight_decay": 0.1}, TWO),
    ("Lamb", {"learning_rate": 0.02, "global_clipnorm": 1.0}, {**NOISY, **TWO}),
]

REFUSED = [
    ("SGD", {"momentum": 1.5}),
    ("SGD", {"momentum": -0.1}),
    ("SGD", {"lr": 0.1}),
    ("SGD", {"clipnorm": 1.0, "clipvalue": 1.0}),
    ("SGD", {"clipnorm": 1.0, "global_clipnorm": 1.0}),
    ("SGD", {"gradient_accumulation_steps": 1}),
    ("SGD", {"use_ema": True, "ema_momentum": 1.5}),
    ("SGD", {"use_ema": True, "ema_overwrite_frequency": -1}),
    ("SGD", {"use_ema": True, "ema_overwrite_frequency": 2.5}),
    ("Adam", {"betas": [0.9, 0.999]}),
    ("AdamW", {"weight_decay": None}),
    ("Lion", {"beta_1": 0.0}),
    ("Lion", {"beta_1": 1.5}),
    ("Ftrl", {"learning_rate_power": 0.5}),
    ("Ftrl", {"initial_accumulator_value": -0.1}),
    ("Ftrl", {"l1_regularization_strength": -0.1}),
    ("Ftrl", {"l2_regularization_strength": -0.1}),
    ("Ftrl", {"l2_shrinkage_regularization_strength": -0.1}),
]
