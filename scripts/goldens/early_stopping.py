"""When Keras's EarlyStopping ends a run, and whose weights it restores, for test/train.

    KERAS_BACKEND=numpy python scripts/goldens/early_stopping.py > test/goldens/train/early-stopping.json

Values and differences are multiples of 1/64, since Keras compares in single precision.
"""

import json
import random

import keras
from keras.callbacks import EarlyStopping

random.seed(5)


class Model:
    """The weights of an epoch are its number, from 1."""

    stop_training = False
    weights = 0

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


def run(monitor, min_delta, patience, values):
    model = Model()
    watch = EarlyStopping(
        monitor=f"val_{monitor}",
        min_delta=min_delta,
        patience=patience,
        mode="min" if monitor == "loss" else "max",
        restore_best_weights=True,
    )
    watch.set_model(model)
    watch.on_train_begin()
    epochs = 0
    for value in values:
        epochs += 1
        model.weights = epochs
        watch.on_epoch_end(epochs - 1, {f"val_{monitor}": value})
        if model.stop_training:
            break
    watch.on_train_end()
    return {
        **{"monitor": monitor, "minDelta": min_delta, "patience": patience, "values": values},
        **{"epochs": epochs, "stopped": model.stop_training, "kept": model.weights},
    }


def walk(monitor):
    """A noisy way down, or up."""
    sign = -1 if monitor == "loss" else 1
    values, at = [], 64 if monitor == "loss" else 0
    for _ in range(30):
        at = min(64, max(0, at + sign * random.choice([-4, -2, -1, 0, 0, 1, 2, 4, 6])))
        values.append(at / 64)
    return values


runs = [
    run(monitor, min_delta / 64, patience, walk(monitor))
    for monitor in ("loss", "accuracy")
    for min_delta in (0, 1, 2, 5)
    for patience in (0, 1, 3, 8, 15)
    for _ in range(3)
]
print(json.dumps({"versions": {"keras": keras.__version__}, "runs": runs}))
