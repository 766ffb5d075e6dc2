/**
 * What can be made small: a formula, residuals, a net on data. An objective is asked for values and gradients, and for what else it
 * can tell.
 */
export { Engine, type EnginePlan } from "./net/engine.ts";
export type { GradientSource, RunPlan, Turn, Workspace } from "./net/gradient-source.ts";
export { NetObjective, type NetObjectiveOptions } from "./net/objective.ts";
export { type Noise, noisy } from "./noisy.ts";
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
