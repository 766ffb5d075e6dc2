/**
 * The optimizers of optax 0.2 under their own names, with their arguments, defaults and arithmetic: `optax.adam({
 * learning_rate: 1e-3, b1: 0.9 })`. In float64 the weights agree with optax's to 1e-12; in float32 to rounding. Rates
 * and weight decays may be schedules of the step, which optax counts from 0. The state has the type of w: `mu_dtype`
 * and `accumulator_dtype` are null. A mask is true, false or null, for all tensors alike.
 *
 * @module
 */

export { type AdabeliefArguments, adabelief } from "./optax/adabelief.ts";
export { type AdadeltaArguments, adadelta } from "./optax/adadelta.ts";
export { type AdagradArguments, adagrad } from "./optax/adagrad.ts";
export { type AdamArguments, type AdamwArguments, adam, adamw, nadam, nadamw } from "./optax/adam.ts";
export { type AdamaxArguments, type AdamaxwArguments, adamax, adamaxw } from "./optax/adamax.ts";
export { type AmsgradArguments, amsgrad } from "./optax/amsgrad.ts";
export { type LambArguments, lamb } from "./optax/lamb.ts";
export { type LionArguments, lion } from "./optax/lion.ts";
export { type RadamArguments, radam } from "./optax/radam.ts";
export { type RmspropArguments, rmsprop } from "./optax/rmsprop.ts";
export { type RpropArguments, rprop } from "./optax/rprop.ts";
export { type SgdArguments, sgd } from "./optax/sgd.ts";
export { type YogiArguments, yogi } from "./optax/yogi.ts";
