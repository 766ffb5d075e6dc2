import torch


class RmspropCentered(torch.optim.Optimizer):
    """RMSProp (centered). Graves 2013, Generating sequences with recurrent neural networks, eqs. 38–41."""

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
                    state.update({"t": 0, "s": torch.zeros_like(w), "a": torch.zeros_like(w)})
                state["t"] += 1
                s, a = state["s"], state["a"]
                g = p.grad
                s = rho*s + (1 - rho)*g**2
                a = rho*a + (1 - rho)*g
                w = w - lr*g / (torch.sqrt(torch.maximum(s - a**2, number(0))) + eps)
                state.update(s=s, a=a)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
