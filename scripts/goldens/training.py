"""Losses of 200 training steps in PyTorch, for test/train/torch.test.ts.

A dense net 8-12-3 (ReLU, softmax cross-entropy) on 60 generated examples, batches of 10 in a fixed order, float64. Weights
are written as [inputs, outputs], biases after them, layer by layer: the order of a vector of all parameters.

    python scripts/goldens/training.py > test/goldens/train/torch.json
"""

import json

import numpy
import torch
import torch.nn.functional as F

STEPS, BATCH, SIZES = 200, 10, [8, 12, 3]

CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    ("Adagrad", {"lr": 0.05}),
    ("RMSprop", {"lr": 0.005}),
    ("Adadelta", {"lr": 1.0}),
    ("Adam", {"lr": 0.01}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.05}),
    ("Adamax", {"lr": 0.01}),
    ("NAdam", {"lr": 0.01}),
]


def problem():
    random = numpy.random.default_rng(7)
    labels = random.integers(0, 3, 60)
    inputs = random.normal(size=(60, 8)) + 0.8 * numpy.eye(3, 8)[labels]
    weights = []
    for rows, columns in zip(SIZES, SIZES[1:]):
        weights += [random.normal(size=(rows, columns)) * (2 / rows) ** 0.5, random.normal(size=columns) * 0.1]
    batches = [random.permutation(60)[:BATCH] for _ in range(STEPS)]
    return inputs, labels, weights, batches


def losses(name, args, inputs, labels, weights, batches):
    parameters = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in weights]
    optimizer = getattr(torch.optim, name)(parameters, **args)
    x, y = torch.tensor(inputs, dtype=torch.float64), torch.tensor(labels)
    result = []
    for batch in batches:
        w1, b1, w2, b2 = parameters
        logits = torch.relu(x[batch] @ w1 + b1) @ w2 + b2
        loss = F.cross_entropy(logits, y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(loss.item())
    return result


def main():
    inputs, labels, weights, batches = problem()
    torch.set_num_threads(1)
    print(json.dumps({
        "library": "torch",
        "version": torch.__version__,
        "script": "scripts/goldens/training.py",
        "sizes": SIZES,
        "inputs": inputs.ravel().tolist(),
        "labels": labels.tolist(),
        "weights": [v for w in weights for v in w.ravel().tolist()],
        "batches": [b.tolist() for b in batches],
        "cases": [
            {"name": name, "args": args, "losses": losses(name, args, inputs, labels, weights, batches)}
            for name, args in CASES
        ],
    }))


main()
