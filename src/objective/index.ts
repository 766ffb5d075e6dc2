/**
 * What can be made small: a formula, residuals, a net on data. An objective is asked for values and gradients, and for what else it
 * can tell.
 */
export { Engine, type EnginePlan } from "./net/engine.ts";
export type { GradientSource, RunPlan, Turn, Workspace } from "./net/gradient-source.ts";
export { type Examples, NetObjective, type NetObjectiveOptions, USUAL_CHUNK } from "./net/objective.ts";
export { gradientName, INPUTS, maskSize, masksOf, outputSize, passOver } from "./net/pass.ts";
export { programOf, training } from "./net/programs.ts";
export { type BatchResult, type Evaluation, RunningMean } from "./net/running-mean.ts";
export { strangeTarget, targetDomain } from "./net/targets.ts";
export { type Noise, noisy } from "./noisy.ts";
export type { Awaitable, Capability } from "./objective.ts";
export {
  type AsyncObjective,
  capabilityWords,
  type GradientFunction,
  type KroneckerFactor,
  type Objective,
  type PlacedObjective,
  type Residuals,
  type TwiceDifferentiable,
} from "./objective.ts";
export { residualsOf } from "./residuals.ts";
export { objectiveOf, startOf, surfaceObjective, type Target } from "./target.ts";
