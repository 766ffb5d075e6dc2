/**
 * What can be made small: a formula, residuals, a net on data. An objective is asked for values and gradients, and for what else it
 * can tell.
 */
export { Engine, type EnginePlan } from "./net/engine.ts";
export type { GradientSource, RunPlan, Turn, Workspace } from "./net/gradient-source.ts";
export { NetObjective, type NetObjectiveOptions } from "./net/objective.ts";
export { type Noise, noisy } from "./noisy.ts";
export type { KroneckerFactor, Objective, ObjectiveLater } from "./objective.ts";
export { objectiveOf, type Target } from "./objective-of.ts";
export { type Residuals, residualsOf } from "./residuals.ts";
