import torch


class Rmsprop(torch.optim.Optimizer):
    """RMSProp. Tieleman & Hinton 2012, Neural networks for machine learning, lecture 6e."""

    def __init__(self, params, lr=0.001, rho=0.9, eps=1e-8):
        super().__init__(params, dict(lr=lr, rho=rho, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, rho, eps = (number(group[name]) for name in ("lr", "rho", "eps"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "s": torch.zeros_like(w)})
                state["t"] += 1
                s = state["s"]
                g = p.grad
                s = rho*s + (1 - rho)*g**2
                w = w - lr*g / (torch.sqrt(s) + eps)
                state.update(s=s)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
