/**
 * The optimizers of Keras 3.15 (keras.optimizers) under their own names, with their arguments, defaults and
 * arithmetic: `keras.Adam({ learning_rate: 1e-3, beta_1: 0.9 })`. In float64 the weights agree with Keras's (floatx
 * float64) to 1e-12; in float32 to rounding. A learning rate may be a schedule of the iteration, which Keras counts
 * from 0. With `use_ema` the optimizer's `average` gives the averaged weights. A variable is a tensor of the layout
 * given to `step`.
 *
 * @module
 */

export { Adadelta, type AdadeltaArguments } from "./keras/adadelta.ts";
export { Adagrad, type AdagradArguments } from "./keras/adagrad.ts";
export { Adam, type AdamArguments, AdamW, type AdamWArguments } from "./keras/adam.ts";
export { Adamax, type AdamaxArguments } from "./keras/adamax.ts";
export { Ftrl, type FtrlArguments } from "./keras/ftrl.ts";
export { Lamb, type LambArguments } from "./keras/lamb.ts";
export { Lion, type LionArguments } from "./keras/lion.ts";
export { Nadam, type NadamArguments } from "./keras/nadam.ts";
export { RMSprop, type RMSpropArguments } from "./keras/rmsprop.ts";
export { SGD, type SGDArguments } from "./keras/sgd.ts";
