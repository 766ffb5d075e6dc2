import torch


class Rprop(torch.optim.Optimizer):
    """Rprop. Riedmiller & Braun 1993; without backtracking: Igel & Hüsken 2000, iRprop⁻."""

    def __init__(self, params, lr=0.01, grow=1.2, shrink=0.5, step_min=0.000001, step_max=50):
        super().__init__(params, dict(lr=lr, grow=grow, shrink=shrink, step_min=step_min, step_max=step_max))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, grow, shrink, step_min, step_max = (number(group[name]) for name in ("lr", "grow", "shrink", "step_min", "step_max"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "step": torch.zeros_like(w) + lr, "g_before": torch.zeros_like(w)})
                state["t"] += 1
                step, g_before = state["step"], state["g_before"]
                g = p.grad
                agree = torch.sign(g)*torch.sign(g_before)
                step = torch.where(agree > 0, torch.minimum(step*grow, step_max), torch.where(agree < 0, torch.maximum(step*shrink, step_min), step))
                g = torch.where(agree < 0, number(0), g)
                w = w - torch.sign(g)*step
                g_before = g
                state.update(step=step, g_before=g_before)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
