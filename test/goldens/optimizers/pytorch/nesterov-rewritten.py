import torch


class NesterovRewritten(torch.optim.Optimizer):
    """Nesterov (rewritten). Bengio, Boulanger-Lewandowski & Pascanu 2013, Advances in optimizing recurrent networks, eq. 7."""

    def __init__(self, params, lr=0.01, beta=0.9):
        super().__init__(params, dict(lr=lr, beta=beta))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta = (number(group[name]) for name in ("lr", "beta"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "v": torch.zeros_like(w)})
                state["t"] += 1
                v = state["v"]
                g = p.grad
                v = beta*v + g
                w = w - lr*(g + beta*v)
                state.update(v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
