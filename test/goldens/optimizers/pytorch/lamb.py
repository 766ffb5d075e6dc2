import torch


class Lamb(torch.optim.Optimizer):
    """LAMB. You et al. 2020, Large batch optimization for deep learning, algorithm 2 with φ(z) = z."""

    def __init__(self, params, lr=0.001, beta1=0.9, beta2=0.999, eps=0.000001, weight_decay=0):
        super().__init__(params, dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta1, beta2, eps, weight_decay = (number(group[name]) for name in ("lr", "beta1", "beta2", "eps", "weight_decay"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "m": torch.zeros_like(w), "v": torch.zeros_like(w)})
                state["t"] += 1
                t = number(state["t"])
                m, v = state["m"], state["v"]
                g = p.grad
                m = beta1*m + (1 - beta1)*g
                v = beta2*v + (1 - beta2)*g**2
                u = (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps) + weight_decay*w
                ratio = torch.where(torch.linalg.vector_norm(w) > 0, torch.where(torch.linalg.vector_norm(u) > 0, torch.linalg.vector_norm(w) / torch.linalg.vector_norm(u), number(1)), number(1))
                w = w - lr*ratio*u
                state.update(m=m, v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
