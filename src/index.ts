/**
 * Downhill: neural-network optimizers and training. What is the same everywhere: `downhill` is src/node/index.ts in Node
 * and src/browser/index.ts in a browser, which add what needs files, and the devices to train on.
 */

export * as averages from "./averages/index.ts";
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
export * as landscape from "./landscape/index.ts";
export * from "./nn/index.ts";
// Layers one after the other; the sampler of that name is `samplers.sequential`.
export { sequential } from "./nn/index.ts";
export { type Noise, noisy, type Residuals, residualsOf } from "./objective/index.ts";
export { Random } from "./random/index.ts";
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
