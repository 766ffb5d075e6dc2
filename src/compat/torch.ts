/**
 * The optimizers of PyTorch 2.13 (torch.optim) under their own names, with their arguments, defaults and arithmetic.
 * All arguments are given by name: `torch.Adam({ lr: 1e-3, betas: [0.9, 0.999] })`. In float64 the weights agree with
 * PyTorch's to 1e-12; in float32 to rounding. `foreach`, `fused`, `capturable` and `differentiable` are accepted
 * without effect: they choose how PyTorch computes the same values. Unknown names, and values that PyTorch refuses,
 * throw.
 *
 * @module
 */

export { Adadelta, type AdadeltaArguments } from "./torch/adadelta.ts";
export { Adagrad, type AdagradArguments } from "./torch/adagrad.ts";
export { Adam, type AdamArguments, AdamW, type AdamWArguments } from "./torch/adam.ts";
export { Adamax, type AdamaxArguments } from "./torch/adamax.ts";
export { ASGD, type ASGDArguments } from "./torch/asgd.ts";
export { NAdam, type NAdamArguments } from "./torch/nadam.ts";
export { RAdam, type RAdamArguments } from "./torch/radam.ts";
export { RMSprop, type RMSpropArguments } from "./torch/rmsprop.ts";
export { Rprop, type RpropArguments } from "./torch/rprop.ts";
export { SGD, type SGDArguments } from "./torch/sgd.ts";
