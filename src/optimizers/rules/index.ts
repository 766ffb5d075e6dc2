/** Every update rule, a line each: the library has them by these names, the registry and the command by their own. */

export { adabelief } from "./adabelief.ts";
export { adadelta } from "./adadelta.ts";
export { adagrad } from "./adagrad.ts";
export { adam } from "./adam.ts";
export { adamUncorrected } from "./adam-uncorrected.ts";
export { adamax } from "./adamax.ts";
export { adamw } from "./adamw.ts";
export { amsgrad } from "./amsgrad.ts";
export { gradientDescent } from "./gradient-descent.ts";
export { lamb } from "./lamb.ts";
export { lion } from "./lion.ts";
export { momentum } from "./momentum.ts";
export { momentumAveraged } from "./momentum-averaged.ts";
export { nadam } from "./nadam.ts";
export { nesterov } from "./nesterov.ts";
export { nesterovRewritten } from "./nesterov-rewritten.ts";
export { radam } from "./radam.ts";
export { rmsprop } from "./rmsprop.ts";
export { rmspropCentered } from "./rmsprop-centered.ts";
export { rmspropMomentum } from "./rmsprop-momentum.ts";
export { rprop } from "./rprop.ts";
export { yogi } from "./yogi.ts";
