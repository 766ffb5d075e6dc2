"""Slices by PyTorch, for test/landscape/slices.test.ts: filter-normalised directions as Li et al. (2018) make them, losses along them with
frozen batch normalisation, and along a line between two nets with batch normalisation measured anew at each point (update_bn).

    python scripts/goldens/landscape_slices.py > test/goldens/landscape/slices.json
"""

import json

import torch
from torch import nn
from torch.optim.swa_utils import update_bn

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)

TRAIN, TEST, BATCH = 24, 10, 8


def net():
    made = nn.Sequential(nn.Conv2d(2, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 4))
    with torch.no_grad():
        for p in made.parameters():
            p.copy_(0.5 * torch.randn(p.shape) + (1 if p.dim() == 1 and p.numel() == 3 else 0))
        made[1].running_mean.copy_(torch.randn(3))
        made[1].running_var.copy_(torch.rand(3) + 0.5)
    return made


def plain(tensors):
    """In Downhill's layout: dense weights are [inputs, units]."""
    return torch.cat([(t.T if t.dim() == 2 else t).reshape(-1) for t in tensors]).tolist()


def moved(centre, steps):
    made = net()
    made.load_state_dict(centre.state_dict())
    with torch.no_grad():
        for x, direction in steps:
            for p, d in zip(made.parameters(), direction):
                p.add_(d, alpha=x)
    return made.eval()


def measured(made):
    with torch.no_grad():
        outputs = made(test_x)
        loss = nn.functional.cross_entropy(outputs, test_y).item()
        return [loss, (outputs.argmax(1) == test_y).double().mean().item()]


train_x, test_x = torch.randn(TRAIN, 2, 4, 4), torch.randn(TEST, 2, 4, 4)
test_y = torch.randint(4, (TEST,))
a, b = net(), net()

raw = [torch.randn(p.shape) for p in a.parameters()]
filters = []
for d, w in zip(raw, a.parameters()):
    if d.dim() <= 1:
        filters.append(torch.zeros_like(d))
        continue
    rows = [row * (weights.norm() / (row.norm() + 1e-10)) for row, weights in zip(d, w.detach())]
    filters.append(torch.stack(rows))

between = [q.detach() - p.detach() for p, q in zip(a.parameters(), b.parameters())]
xs, ts = [-1, -0.5, 0, 0.5, 1], [-0.5, 0, 0.25, 1, 1.5]
recomputed = []
for t in ts:
    made = moved(a, [(t, between)])
    made.train()
    update_bn([train_x[i : i + BATCH] for i in range(0, TRAIN, BATCH)], made)
    recomputed.append(measured(made.eval()))

print(
    json.dumps(
        {
            "made": "scripts/goldens/landscape_slices.py",
            "torch": torch.__version__,
            "batch": BATCH,
            "train": train_x.reshape(-1).tolist(),
            "test": test_x.reshape(-1).tolist(),
            "labels": test_y.tolist(),
            "a": {"w": plain(a.parameters()), "s": plain([a[1].running_mean, a[1].running_var])},
            "b": {"w": plain(b.parameters())},
            "raw": plain(raw),
            "filter": plain(filters),
            "frozen": {"x": xs, "measured": [measured(moved(a, [(x, filters)])) for x in xs]},
            "recomputed": {"x": ts, "measured": recomputed},
        }
    )
)
