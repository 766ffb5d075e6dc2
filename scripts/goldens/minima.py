"""Where the cost of small nets is least, for test/train/solver-training.test.ts:

    python scripts/goldens/minima.py > test/goldens/train/minima.json

Softmax regression with an L2 term, by SciPy's root finder on PyTorch's gradient and Hessian; linear regression, by NumPy's
least squares. Weights are [inputs, outputs], row by row, then biases. Everything in float64.
"""

import json

import numpy
import scipy
import scipy.optimize
import torch

COUNT, INPUTS, CLASSES, L2 = 120, 4, 3, 0.01


def classes(random):
    labels = random.integers(0, CLASSES, COUNT)
    inputs = random.normal(size=(COUNT, INPUTS)) + 1.2 * numpy.eye(CLASSES, INPUTS)[labels]
    x, y = torch.tensor(inputs), torch.tensor(labels)

    def cost(w):
        logits = x @ w[: INPUTS * CLASSES].reshape(INPUTS, CLASSES) + w[INPUTS * CLASSES :]
        return torch.nn.functional.cross_entropy(logits, y) + 0.5 * L2 * (w @ w)

    def gradient(w):
        return torch.autograd.functional.jacobian(cost, torch.tensor(w)).numpy()

    def hessian(w):
        return torch.autograd.functional.hessian(cost, torch.tensor(w)).numpy()

    # The cost is strictly convex: where its slopes are zero it is least.
    found = scipy.optimize.root(gradient, numpy.zeros((INPUTS + 1) * CLASSES), jac=hessian, tol=1e-15)
    assert numpy.abs(gradient(found.x)).max() < 1e-14, found
    return dict(inputs=inputs.ravel().tolist(), labels=labels.tolist(), l2=L2, w=found.x.tolist(), cost=cost(torch.tensor(found.x)).item())


def line(random):
    inputs = random.normal(size=(COUNT, INPUTS))
    targets = inputs @ random.normal(size=INPUTS) + 0.7 + 0.3 * random.normal(size=COUNT)
    w, squares, _, _ = numpy.linalg.lstsq(numpy.c_[inputs, numpy.ones(COUNT)], targets, rcond=None)
    return dict(inputs=inputs.ravel().tolist(), targets=targets.tolist(), w=w.tolist(), cost=squares[0] / COUNT)


random = numpy.random.default_rng(11)
print(json.dumps({
    "versions": {"scipy": scipy.__version__, "torch": torch.__version__, "numpy": numpy.__version__},
    "script": "scripts/goldens/minima.py",
    "sizes": [INPUTS, CLASSES],
    "classes": classes(random),
    "line": line(random),
}))
