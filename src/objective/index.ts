/**
 * What can be minimized: a formula, residuals, a net's loss on data. An objective provides values and gradients, and, where it can,
 * Hessians, products, residuals and more.
 */
export { Engine, type EnginePlan } from "./net/engine.ts";
export type {
  ComputedStep,
  GradientSource,
  RunPlan,
  Turn,
  UpdateExpressions,
  WholeSteps,
  Workspace,
} from "./net/gradient-source.ts";
export { type Examples, NetObjective, type NetObjectiveOptions, USUAL_CHUNK } from "./net/net-objective.ts";
export { gradientName, INPUTS, maskSize, masksOf, nextStateName, passOver } from "./net/pass.ts";
export { batchStatistics, evaluation, programOf, training } from "./net/program-kinds.ts";
export { type BatchResult, type Evaluation, RunningMean } from "./net/running-mean.ts";
export { findInvalidTarget, targetDomain } from "./net/targets.ts";
export { NET_STATE } from "./net/whole-vectors.ts";
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
