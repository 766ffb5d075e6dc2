import torch


class RmspropMomentum(torch.optim.Optimizer):
    """RMSProp + momentum. Tieleman & Hinton 2012, lecture 6e; Graves 2013, eqs. 40–41."""

    def __init__(self, params, lr=0.001, rho=0.9, beta=0.9, eps=1e-8):
        super().__init__(params, dict(lr=lr, rho=rho, beta=beta, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, rho, beta, eps = (number(group[name]) for name in ("lr", "rho", "beta", "eps"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "s": torch.zeros_like(w), "v": torch.zeros_like(w)})
                state["t"] += 1
                s, v = state["s"], state["v"]
                g = p.grad
                s = rho*s + (1 - rho)*g**2
                v = beta*v + g / (torch.sqrt(s) + eps)
                w = w - lr*v
                state.update(s=s, v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
