"""Weights of examples and classes in Keras, PyTorch and scikit-learn, for test/train/weights-goldens.test.ts.

Keras' fit divides a batch's weighted losses by the number of examples, PyTorch's weighted losses divide by the sum of the weights;
balanced class weights have the mean 1, so on a full batch the two are the same. scikit-learn's estimators give minima.

    KERAS_BACKEND=torch python scripts/goldens/weights.py > test/goldens/train/weights.json
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import sklearn
import torch
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.utils.class_weight import compute_class_weight

keras.config.set_floatx("float64")
torch.set_num_threads(1)
random = np.random.default_rng(11)

COUNT, INPUTS, CLASSES, LR, STEPS, BATCH, EPOCHS = 60, 4, 3, 0.25, 20, 8, 3

labels = random.choice(CLASSES, size=COUNT, p=[0.7, 0.2, 0.1])
x = random.normal(size=(COUNT, INPUTS)) + 0.8 * np.eye(CLASSES, INPUTS)[labels]
start = [random.normal(size=(INPUTS, CLASSES)) * 0.5, random.normal(size=CLASSES) * 0.1]
sample_weight = random.integers(0, 4, COUNT).astype(float)
balanced = compute_class_weight("balanced", classes=np.arange(CLASSES), y=labels)
balanced_by_weight = compute_class_weight(
    "balanced", classes=np.arange(CLASSES), y=labels, sample_weight=sample_weight
)


def flat(arrays):
    return [float(v) for a in arrays for v in np.asarray(a).ravel()]


def in_keras(batch, epochs, **weights):
    model = keras.Sequential([keras.Input((INPUTS,)), keras.layers.Dense(CLASSES)])
    model.set_weights(start)
    model.compile(keras.optimizers.SGD(LR), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, labels, batch_size=batch, epochs=epochs, shuffle=False, verbose=0, **weights)
    return flat(model.get_weights())


def in_torch():
    w, b = [torch.tensor(a, requires_grad=True) for a in start]
    optimizer = torch.optim.SGD([w, b], lr=LR)
    criterion = torch.nn.CrossEntropyLoss(weight=torch.tensor(balanced))
    inputs, targets = torch.tensor(x), torch.tensor(labels)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = criterion(inputs @ w + b, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"losses": losses, "weights": flat([w.detach(), b.detach()])}


def logistic(C, fit_intercept, class_weight):
    """Two classes: 0, and the others. C is the inverse of the penalty on a sum over all weights."""
    y = (labels > 0).astype(int)
    model = LogisticRegression(
        C=C, fit_intercept=fit_intercept, class_weight=class_weight, tol=1e-12, max_iter=10000, solver="newton-cholesky"
    ).fit(x, y, sample_weight=sample_weight)
    weights = compute_class_weight(class_weight, classes=np.arange(2), y=y, sample_weight=sample_weight)
    total = float(np.sum(sample_weight * weights[y]))
    return {
        "l2": 0 if np.isinf(C) else 1 / (C * total),
        "intercept": fit_intercept,
        "classWeights": None if class_weight is None else "balanced",
        "weights": flat([model.coef_]) + (flat([model.intercept_]) if fit_intercept else []),
    }


y = x @ np.array([1.0, -2.0, 0.5, 0.0]) + random.normal(size=COUNT)
linear = LinearRegression().fit(x, y, sample_weight=sample_weight)
ridge = Ridge(alpha=3.0, fit_intercept=False, tol=1e-14, solver="cholesky").fit(x, y, sample_weight=sample_weight)

print(json.dumps({
    "libraries": {"keras": keras.__version__, "torch": torch.__version__, "scikit-learn": sklearn.__version__},
    "script": "scripts/goldens/weights.py",
    "sizes": [INPUTS, CLASSES],
    "inputs": flat([x]),
    "labels": labels.tolist(),
    "values": y.tolist(),
    "sampleWeight": sample_weight.tolist(),
    "start": flat(start),
    "lr": LR,
    "balanced": balanced.tolist(),
    "balancedByWeight": balanced_by_weight.tolist(),
    "keras": {
        "batchSize": BATCH,
        "epochs": EPOCHS,
        "classWeight": in_keras(BATCH, EPOCHS, class_weight=dict(enumerate(balanced.tolist()))),
        "sampleWeight": in_keras(BATCH, EPOCHS, sample_weight=sample_weight / sample_weight.mean()),
    },
    "torch": in_torch(),
    "logistic": [
        logistic(np.inf, True, None),
        logistic(np.inf, True, "balanced"),
        logistic(0.7, False, None),
        logistic(0.7, False, "balanced"),
    ],
    "linear": flat([linear.coef_, [linear.intercept_]]),
    # Ridge: the sum of weighted squares + alpha·‖w‖².
    "ridge": {"alpha": 3.0, "weights": flat([ridge.coef_])},
}))
