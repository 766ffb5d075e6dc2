import torch


class Lion(torch.optim.Optimizer):
    """Lion. Chen et al. 2023, Symbolic discovery of optimization algorithms, algorithm 2."""

    def __init__(self, params, lr=0.0001, beta1=0.9, beta2=0.99, weight_decay=0):
        super().__init__(params, dict(lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta1, beta2, weight_decay = (number(group[name]) for name in ("lr", "beta1", "beta2", "weight_decay"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "m": torch.zeros_like(w)})
                state["t"] += 1
                m = state["m"]
                g = p.grad
                c = beta1*m + (1 - beta1)*g
                w = w - lr*(torch.sign(c) + weight_decay*w)
                m = beta2*m + (1 - beta2)*g
                state.update(m=m)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
