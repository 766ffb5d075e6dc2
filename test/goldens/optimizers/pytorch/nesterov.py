import torch


class Nesterov(torch.optim.Optimizer):
    """Nesterov momentum. Nesterov 1983; Sutskever, Martens, Dahl & Hinton 2013, eqs. 3–4."""

    def __init__(self, params, lr=0.01, beta=0.9):
        super().__init__(params, dict(lr=lr, beta=beta))

    @torch.no_grad()
    def step(self, closure):
        for group in self.param_groups:
            for p in group["params"]:
                lr, beta = (number(group[name]) for name in ("lr", "beta"))
                w, state = p, self.state[p]
                if not state:
                    state.update({"t": 0, "v": torch.zeros_like(w)})
                state["t"] += 1
                v = state["v"]
                w = state["w"] = w.clone()
                p.copy_(w - lr*beta*v)
        loss = torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in group["params"]:
                lr, beta = (number(group[name]) for name in ("lr", "beta"))
                state = self.state[p]
                v = state["v"]
                w, g = state.pop("w"), torch.zeros_like(p) if p.grad is None else p.grad
                v = beta*v + g
                w = w - lr*v
                state.update(v=v)
                p.copy_(w)
        return loss


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
