import torch


class Adadelta(torch.optim.Optimizer):
    """Adadelta. Zeiler 2012, ADADELTA: an adaptive learning rate method, algorithm 1."""

    def __init__(self, params, lr=1, rho=0.95, eps=0.000001):
        super().__init__(params, dict(lr=lr, rho=rho, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, rho, eps = (number(group[name]) for name in ("lr", "rho", "eps"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "s": torch.zeros_like(w), "d": torch.zeros_like(w)})
                state["t"] += 1
                s, d = state["s"], state["d"]
                g = p.grad
                s = rho*s + (1 - rho)*g**2
                step = torch.sqrt(d + eps) / torch.sqrt(s + eps)*g
                d = rho*d + (1 - rho)*step**2
                w = w - lr*step
                state.update(s=s, d=d)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
