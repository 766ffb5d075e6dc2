import torch


class GradientDescent(torch.optim.Optimizer):
    """Gradient descent. Cauchy 1847; stochastic: Robbins & Monro 1951."""

    def __init__(self, params, lr=0.01):
        super().__init__(params, dict(lr=lr))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr = number(group["lr"])
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0})
                state["t"] += 1
                g = p.grad
                w = w - lr*g
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
