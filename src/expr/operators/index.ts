export { acos, asin, atan, atan2 } from "./angles.ts";
export { abs, add, ceil, div, floor, max, min, mul, neg, sign, sub } from "./arithmetic.ts";
export { cast } from "./cast.ts";
export { equal, greater, greaterEqual, less, lessEqual, notEqual, where } from "./comparison.ts";
export {
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  relu,
  sigmoid,
  sin,
  sinh,
  softplus,
  sqrt,
  tan,
  tanh,
} from "./functions.ts";
export { argmax, gather, oneHot, scatterAdd } from "./indexing.ts";
export { dot, type MatmulOptions, matmul } from "./linear.ts";
export { concat, type PadOptions, pad, reshape, type SliceOptions, slice, transpose } from "./movement.ts";
export { pow } from "./power.ts";
export { broadcastTo, logSumExp, maxOf, mean, norm, type ReductionOptions, sum, sumTo } from "./reduction.ts";
export { clip, mod, round } from "./rounding.ts";
export { logSoftmax, type SoftmaxOptions, softmax } from "./softmax.ts";
export { type ConvolutionOptions, conv2d, conv2dImages, conv2dKernels } from "./windows/convolution.ts";
export type { Pair, WindowOptions } from "./windows/geometry.ts";
export { atMaxima, averagePool, maxPool, type PoolingOptions, toMaxima } from "./windows/pooling.ts";
