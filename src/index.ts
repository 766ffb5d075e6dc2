/**
 * Downhill: neural-network optimizers and training. What is the same everywhere: `downhill` is src/node/index.ts in Node
 * and src/browser/index.ts in a browser, which add what needs files, and the devices to train on.
 */

/** Exponentially weighted averages, and how long they remember; also `downhill/averages`. */
export * as averages from "./averages/index.ts";
export {
  type CurveBound,
  type CurveData,
  type CurveFit,
  type CurveInterval,
  type CurveOptions,
  type CurvePrediction,
  type CurveStarts,
  type FittedParameter,
  fitCurve,
  type RobustLoss,
  robustLosses,
} from "./curves/index.ts";
export * from "./data/index.ts";
export {
  type Device,
  type DeviceChoice,
  DeviceError,
  type DeviceFacts,
  type DeviceName,
  type DeviceOptions,
  type Runnable,
} from "./device/index.ts";
/**
 * The landscape of a net's loss: points that are equal by symmetry, and lines and planes through points; also
 * `downhill/landscape`.
 */
export * as landscape from "./landscape/index.ts";
export * from "./metrics/index.ts";
export * from "./nn/index.ts";
// Layers one after the other; the sampler of that name is `samplers.sequential`.
export { sequential } from "./nn/index.ts";
export { type Noise, noisy, type Residuals, residualsOf } from "./objective/index.ts";
export { Random } from "./random/index.ts";
/** Second-order methods and their parts; also `downhill/solvers`. */
export * as solvers from "./solvers/index.ts";
export {
  type CriticalKind,
  type CriticalPoints,
  criticalPoints,
  type FoundPoint,
  type SearchOptions,
} from "./solvers/index.ts";
export * from "./surfaces/index.ts";
export * from "./train/index.ts";
