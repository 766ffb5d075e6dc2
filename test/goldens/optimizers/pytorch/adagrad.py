import torch


class Adagrad(torch.optim.Optimizer):
    """Adagrad. Duchi, Hazan & Singer 2011, Adaptive subgradient methods, fig. 1."""

    def __init__(self, params, lr=0.01, eps=1e-10, initial=0):
        super().__init__(params, dict(lr=lr, eps=eps, initial=initial))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, eps, initial = (number(group[name]) for name in ("lr", "eps", "initial"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "s": torch.zeros_like(w) + initial})
                state["t"] += 1
                s = state["s"]
                g = p.grad
                s = s + g**2
                w = w - lr*g / (torch.sqrt(s) + eps)
                state.update(s=s)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
