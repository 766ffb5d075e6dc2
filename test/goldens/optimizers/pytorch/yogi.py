import torch


class Yogi(torch.optim.Optimizer):
    """Yogi. Zaheer et al. 2018, Adaptive methods for nonconvex optimization, algorithm 2."""

    def __init__(self, params, lr=0.01, beta1=0.9, beta2=0.999, eps=0.001, initial=0.000001):
        super().__init__(params, dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps, initial=initial))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta1, beta2, eps, initial = (number(group[name]) for name in ("lr", "beta1", "beta2", "eps", "initial"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "m": torch.zeros_like(w), "v": torch.zeros_like(w) + initial})
                state["t"] += 1
                m, v = state["m"], state["v"]
                g = p.grad
                m = beta1*m + (1 - beta1)*g
                v = v - (1 - beta2)*torch.sign(v - g**2)*g**2
                w = w - lr*m / (torch.sqrt(v) + eps)
                state.update(m=m, v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
