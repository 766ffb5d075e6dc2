import torch


class Adamax(torch.optim.Optimizer):
    """AdaMax. Kingma & Ba 2015, algorithm 2."""

    def __init__(self, params, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(params, dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta1, beta2, eps = (number(group[name]) for name in ("lr", "beta1", "beta2", "eps"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "m": torch.zeros_like(w), "u": torch.zeros_like(w)})
                state["t"] += 1
                t = number(state["t"])
                m, u = state["m"], state["u"]
                g = p.grad
                m = beta1*m + (1 - beta1)*g
                u = torch.maximum(beta2*u, torch.abs(g))
                w = w - lr / (1 - beta1**t)*m / (u + eps)
                state.update(m=m, u=u)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
