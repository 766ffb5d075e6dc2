"""PyTorch's Adam on one tensor: the default (foreach), or its own fused loop."""
import torch

from contender import measure, settings

torch.set_num_threads(settings["threads"])
i = torch.arange(settings["length"], dtype=torch.float64)
w = torch.nn.Parameter(torch.sin(i).float())
w.grad = (torch.cos(i) / 10).float()
adam = torch.optim.Adam([w], fused=settings.get("fused"))


def step():
    adam.step()
    return w[-1].item()


measure(step)
