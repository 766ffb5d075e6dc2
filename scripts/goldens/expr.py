"""Values and derivatives of the language's operators, as NumPy and PyTorch have them.

    python scripts/goldens/expr.py > test/goldens/expr/operators.json

Each case is a text in the language, the numbers of its inputs, and what the other program computes for it, in float64.
Where a case has gradients, they are those of sum(weights * result) by PyTorch's autograd. Non-finite numbers are strings.
"""

import json
import math
import platform

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(7)


def plain(array):
    """Shape and numbers of an array, row-major, as JSON can carry them."""
    array = np.asarray(array, dtype=np.float64)
    number = lambda x: float(x) if math.isfinite(x) else str(float(x))
    return {"shape": list(array.shape), "data": [number(x) for x in array.ravel()]}


cases = []


def by_numpy(text, function, **inputs):
    arrays = {name: np.asarray(value, dtype=np.float64) for name, value in inputs.items()}
    with np.errstate(all="ignore"):
        value = function(**arrays)
    cases.append(
        {"text": text, "by": "numpy", "inputs": {k: plain(v) for k, v in arrays.items()}, "value": plain(value)}
    )


def by_torch(text, function, indices=(), **inputs):
    tensors = {name: torch.tensor(np.asarray(value, dtype=np.float64)) for name, value in inputs.items()}
    for name, tensor in tensors.items():
        tensor.requires_grad_(name not in indices)
    arguments = {name: tensor.long() if name in indices else tensor for name, tensor in tensors.items()}
    value = function(**arguments)
    case = {
        "text": text,
        "by": "torch",
        "inputs": {name: plain(tensor.detach()) for name, tensor in tensors.items()},
        "value": plain(value.detach()),
    }
    if value.requires_grad:
        weights = torch.linspace(1, 2, value.numel()).reshape(value.shape)
        (weights * value).sum().backward()
        case["weights"] = plain(weights)
        case["gradients"] = {name: plain(tensor.grad) for name, tensor in tensors.items() if tensor.grad is not None}
    cases.append(case)


def normal(*shape):
    return random.standard_normal(shape)


inf, nan = math.inf, math.nan

# Softmax and its kin, huge and infinite numbers included.
x = normal(3, 4)
huge = [[1000.0, 1001.0, 999.5], [-1000.0, -1001.0, 1e5], [1e6, 1e6, 1e6 + 1]]
for axis in (0, 1):
    by_torch(f"softmax(x, axis={axis})", lambda x: torch.softmax(x, axis), x=x)
    by_torch(f"logSoftmax(x, axis={axis})", lambda x: torch.log_softmax(x, axis), x=x)
    by_torch(f"logSumExp(x, axes={axis})", lambda x: torch.logsumexp(x, axis), x=x)
by_torch("softmax(x)", lambda x: torch.softmax(x, -1), x=huge)
by_torch("logSoftmax(x)", lambda x: torch.log_softmax(x, -1), x=huge)
by_torch("logSumExp(x, axes=-1, keepdims=1)", lambda x: torch.logsumexp(x, -1, keepdim=True), x=huge)
by_torch("logSumExp(x)", lambda x: torch.logsumexp(x, (0, 1)), x=x)
by_torch("softmax(x)", lambda x: torch.softmax(x, -1), x=[0.0, -inf, 1.0])
by_torch("softmax(x)", lambda x: torch.softmax(x, -1), x=[0.0, inf, 1.0])
by_numpy("logSumExp(x)", lambda x: np.logaddexp.reduce(x), x=[-inf, -inf])
by_numpy("logSumExp(x)", lambda x: np.logaddexp.reduce(x), x=[0.0, inf])

# Matrix products: batches that broadcast, vectors, transposed factors.
for a, b in [((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 4)), ((2, 1, 2, 3), (3, 3, 4)), ((3,), (3, 4)), ((2, 3), (3,)), ((3,), (3,)), ((4, 2, 3), (3,))]:
    by_torch("matmul(a, b)", lambda a, b: torch.matmul(a, b), a=normal(*a), b=normal(*b))
by_torch("matmul(a, b, transposeA=1)", lambda a, b: a.mT @ b, a=normal(2, 3, 2), b=normal(3, 4))
by_torch("matmul(a, b, transposeB=1)", lambda a, b: a @ b.mT, a=normal(2, 3), b=normal(2, 4, 3))
by_torch("matmul(a, b, transposeA=1, transposeB=1)", lambda a, b: a.mT @ b.mT, a=normal(3, 2), b=normal(4, 3))
by_torch("dot(a, b)", lambda a, b: (a * b).sum(), a=normal(2, 3), b=normal(2, 3))

# Reductions; ties and zeros show who gets the derivative.
x = normal(2, 3, 4)
for axes, dims in (("axes=1", 1), ("axes=[0, 2]", (0, 2)), ("axes=[-1]", -1)):
    by_torch(f"sum(x, {axes})", lambda x: x.sum(dims), x=x)
    by_torch(f"mean(x, {axes}, keepdims=1)", lambda x: x.mean(dims, keepdim=True), x=x)
    by_torch(f"norm(x, {axes})", lambda x: torch.linalg.vector_norm(x, dim=dims), x=x)
    by_torch(f"maxOf(x, {axes})", lambda x: torch.amax(x, dims), x=x)
by_torch("maxOf(x)", lambda x: torch.amax(x, (0, 1)), x=[[3.0, 1.0], [3.0, 3.0]])
by_torch("norm(x)", lambda x: torch.linalg.vector_norm(x), x=[0.0, 0.0])
by_torch("norm(x)", lambda x: torch.linalg.vector_norm(x), x=[3.0, 4.0])
by_torch("argmax(x, axis=0)", lambda x: torch.argmax(x, 0).double(), x=[[1.0, 5.0, 2.0], [4.0, 5.0, -2.0]])
by_numpy("argmax(x)", lambda x: np.argmax(x, -1), x=[[1.0, nan, 7.0], [4.0, 5.0, -2.0]])

# Functions, and the derivatives that are chosen where there is none.
x = np.concatenate([normal(6) * 2, [0.0, 1.0, -1.0, 30.0, -30.0]])
for name in ("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid", "erf", "exp", "relu", "abs", "sign", "floor", "ceil"):
    by_torch(f"{name}(x)", lambda x: getattr(torch, name)(x), x=x)
by_torch("softplus(x)", lambda x: torch.nn.functional.softplus(x, threshold=100), x=x)
by_numpy("softplus(x)", lambda x: np.logaddexp(0, x), x=[800.0, -800.0, 40.0, -40.0])
by_torch("sigmoid(x)", lambda x: torch.sigmoid(x), x=[800.0, -800.0])
by_torch("erf(x)", lambda x: torch.erf(x), x=np.linspace(-6.5, 6.5, 53))
by_torch("sqrt(x)", lambda x: torch.sqrt(x), x=[0.0, 0.25, 7.0])
by_torch("log(x)", lambda x: torch.log(x), x=[0.25, 7.0, 1e-300])
by_torch("x^y", lambda x, y: x**y, x=[0.5, 2.0, 3.0, 0.0, 0.0], y=[2.5, -1.0, 0.0, 2.0, 0.0])
for power in (0, 1, 2, 3, -1, -2, 0.5, -1.5):
    by_torch(f"x^{power}", lambda x: x**power, x=[0.5, 2.0, 3.25])
by_torch("x^3", lambda x: x**3, x=[-0.5, -2.0, 0.0])
by_torch("min(x, y)", lambda x, y: torch.minimum(x, y), x=[1.0, 2.0, 3.0], y=[2.0, 2.0, 2.0])
by_torch("max(x, y)", lambda x, y: torch.maximum(x, y), x=[1.0, 2.0, 3.0], y=[2.0, 2.0, 2.0])
by_torch("where(x > 0, x, y)", lambda x, y: torch.where(x > 0, x, y), x=[-1.0, 0.0, 1.0], y=[5.0, 6.0, 7.0])
by_torch("x/y + x*y - y", lambda x, y: x / y + x * y - y, x=normal(4, 1, 3), y=normal(2, 1))
for symbol, function in (("<", np.less), ("<=", np.less_equal), (">", np.greater), (">=", np.greater_equal), ("==", np.equal), ("!=", np.not_equal)):
    by_numpy(f"x {symbol} y", lambda x, y: function(x, y), x=[[1.0], [2.0], [nan]], y=[1.0, 2.0, inf])

# Movement and indexing.
x = normal(2, 3, 4)
by_torch("reshape(x, shape=[4, -1])", lambda x: x.reshape(4, -1), x=x)
by_torch("transpose(x)", lambda x: x.permute(2, 1, 0), x=x)
by_torch("transpose(x, axes=[1, 2, 0])", lambda x: x.permute(1, 2, 0), x=x)
by_torch("slice(x, starts=[0, -2], ends=[1, 3])", lambda x: x[0:1, -2:3], x=x)
by_torch("slice(x, starts=[1, 1, 1], ends=[2, 1, -1])", lambda x: x[1:2, 1:1, 1:-1], x=x)
by_torch("pad(x, before=[1, 0, 2], after=[0, 1, 1])", lambda x: torch.nn.functional.pad(x, (2, 1, 0, 1, 1, 0)), x=x)
by_torch("concat(a, b, a, axis=1)", lambda a, b: torch.cat([a, b, a], 1), a=normal(2, 3), b=normal(2, 1))
by_torch("broadcastTo(x, shape=[2, 3, 2])", lambda x: torch.broadcast_to(x, (2, 3, 2)), x=normal(3, 1))
by_torch("gather(x, i)", lambda x, i: x[i], indices=("i",), x=normal(4, 3), i=[[0, 3, 0], [2, 2, 1]])
by_torch("gather(x, i)", lambda x, i: x[i], indices=("i",), x=normal(4), i=2)
by_torch(
    "scatterAdd(u, i, shape=[4, 2])",
    lambda u, i: torch.zeros(4, 2).index_add(0, i, u),
    indices=("i",),
    u=normal(5, 2),
    i=[3, 0, 3, 3, 1],
)
by_torch("oneHot(i, depth=4)", lambda i: torch.nn.functional.one_hot(i, 4).double(), indices=("i",), i=[[0, 3], [2, 2]])

versions = {"python": platform.python_version(), "numpy": np.__version__, "torch": torch.__version__}
lines = ",\n".join(json.dumps(case) for case in cases)
print(f'{{"made": "scripts/goldens/expr.py", "versions": {json.dumps(versions)}, "cases": [\n{lines}\n]}}')
