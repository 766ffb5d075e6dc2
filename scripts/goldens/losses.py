"""Cross-entropies of smoothed labels and their gradients by PyTorch in float64, for test/nn/losses.test.ts.

    python scripts/goldens/losses.py > test/goldens/nn/losses.json
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

generator = torch.Generator().manual_seed(3)
cases = []
for smoothing in (0.0, 0.1, 0.5):
    for examples, classes, scale in ((4, 3, 1), (5, 7, 30)):
        logits = (scale * torch.randn(examples, classes, generator=generator)).requires_grad_()
        labels = torch.randint(classes, (examples,), generator=generator)
        weights = torch.rand(examples, generator=generator)
        mean = F.cross_entropy(logits, labels, label_smoothing=smoothing)
        each = F.cross_entropy(logits, labels, label_smoothing=smoothing, reduction="none")
        weighted = (weights * each).sum() / examples
        cases.append(
            {
                "labelSmoothing": smoothing,
                **{"logits": logits.detach().tolist(), "labels": labels.tolist(), "weights": weights.tolist()},
                **{"mean": mean.item(), "each": each.tolist(), "weighted": weighted.item()},
                "gradient": torch.autograd.grad(mean, logits, retain_graph=True)[0].tolist(),
                "weightedGradient": torch.autograd.grad(weighted, logits)[0].tolist(),
            }
        )

print(json.dumps({"by": f"PyTorch {torch.__version__}", "cases": cases}))
