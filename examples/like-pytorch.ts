// PyTorch's optimizers, with PyTorch's names, arguments and arithmetic.
import * as torch from "downhill/compat/torch";

const optimizer = torch.SGD({ lr: 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true });

// f(w) = ½·‖w‖² has the gradient w.
const w = Float64Array.of(1, -2);
const state = optimizer.init(w);
for (let step = 0; step < 3; step++) optimizer.step(w, w.slice(), state);
console.log(w);

// Prints
// Float64Array(2) [ 0.3218596734410001, -0.6437193468820002 ]
