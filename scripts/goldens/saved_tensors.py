"""What PyTorch keeps of a forward pass for the backward pass, beside parameters and the batch itself.

    python scripts/goldens/saved_tensors.py > test/goldens/train/saved-tensors.json
"""

import json

import torch

ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}


def saved(sizes, activation, batch):
    """Numbers of each kept tensor, in the order in which they are kept."""
    layers = [torch.nn.Linear(*pair) for pair in zip(sizes, sizes[1:])]
    net = torch.nn.Sequential(*[part for layer in layers for part in (layer, ACTIVATIONS[activation]())][:-1])
    x, labels = torch.randn(batch, sizes[0]), torch.zeros(batch, dtype=torch.long)
    given = {tensor.data_ptr() for tensor in (x, labels, *net.parameters())}
    kept = {}

    def pack(tensor):
        if tensor.data_ptr() not in given and tensor.dim() > 0:
            kept[tensor.data_ptr()] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        torch.nn.functional.cross_entropy(net(x), labels)
    return [tensor.numel() for tensor in kept.values()]


cases = [
    {"sizes": sizes, "activation": activation, "batch": batch, "saved": saved(sizes, activation, batch)}
    for activation in ACTIVATIONS
    for sizes, batch in (([784, 1000, 1000, 10], 128), ([64, 32, 10], 32), ([5, 4, 3, 3, 2], 7))
]
origin = {"library": "torch", "version": torch.__version__, "script": "scripts/goldens/saved_tensors.py"}
print(json.dumps({**origin, "cases": cases}))
