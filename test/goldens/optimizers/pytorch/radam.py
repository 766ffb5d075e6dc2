import torch


class Radam(torch.optim.Optimizer):
    """RAdam. Liu et al. 2020, On the variance of the adaptive learning rate and beyond, algorithm 2."""

    def __init__(self, params, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(params, dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                lr, beta1, beta2, eps = (number(group[name]) for name in ("lr", "beta1", "beta2", "eps"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "m": torch.zeros_like(w), "v": torch.zeros_like(w)})
                state["t"] += 1
                t = number(state["t"])
                m, v = state["m"], state["v"]
                g = p.grad
                m = beta1*m + (1 - beta1)*g
                v = beta2*v + (1 - beta2)*g**2
                m_hat = m / (1 - beta1**t)
                rho_max = 2 / (1 - beta2) - 1
                rho = rho_max - 2*t*beta2**t / (1 - beta2**t)
                r = torch.sqrt(torch.maximum((rho - 4)*(rho - 2)*rho_max / ((rho_max - 4)*(rho_max - 2)*rho), number(0)))
                w = w - lr*torch.where(rho > 4, r*m_hat / (torch.sqrt(v / (1 - beta2**t)) + eps), m_hat)
                state.update(m=m, v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
