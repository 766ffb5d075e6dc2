/**
 * Solvers: functions of a few variables, sums of squares and nets made small with more than the slope. A solver is a
 * direction and a step length, or a model in a trust region.
 */

export type { Device, Runnable } from "../device/device.ts";
export { type Examples, NetObjective, type NetObjectiveOptions } from "../objective/net/objective.ts";
export type { KroneckerFactor, Objective, ObjectiveLater, Residuals } from "../objective/objective.ts";
export { objectiveOf, type Target } from "../objective/objective-of.ts";
export {
  type CriticalPoints,
  criticalPoints,
  type FoundPoint,
  type SearchOptions,
} from "./critical-points/critical-points.ts";
export type { CriticalKind } from "./critical-points/kind.ts";
export {
  type DiagonalEstimate,
  type DiagonalOptions,
  diagonalHessian,
  diagonalHessianLater,
} from "./curvature/diagonal.ts";
export {
  type EigenOptions,
  type EigenPair,
  type ExtremeEigenvalues,
  extremeEigenvalues,
  extremeEigenvaluesLater,
} from "./curvature/lanczos.ts";
export {
  type DescentOptions,
  type Direction,
  descent,
  type Guide,
  type LineSearch,
  type StepLength,
} from "./descent.ts";
export * as directions from "./directions/index.ts";
export type { Evaluations } from "./evaluator.ts";
export type { SolverFactory, SolverSpec } from "./factory.ts";
export { barzilaiBorwein } from "./methods/barzilai-borwein.ts";
export { bfgs } from "./methods/bfgs.ts";
export { conjugateGradient } from "./methods/conjugate-gradient.ts";
export { gaussNewton } from "./methods/gauss-newton.ts";
export { kfac } from "./methods/kfac.ts";
export { lbfgs } from "./methods/lbfgs.ts";
export { levenbergMarquardt } from "./methods/levenberg-marquardt.ts";
export { naturalGradient } from "./methods/natural-gradient.ts";
export { newton } from "./methods/newton.ts";
export { newtonCG } from "./methods/newton-cg.ts";
export { newtonTrustRegion } from "./methods/newton-trust-region.ts";
export { polyak } from "./methods/polyak.ts";
export { pureNewton } from "./methods/pure-newton.ts";
export { saddleFreeNewton } from "./methods/saddle-free-newton.ts";
export { steepestDescent } from "./methods/steepest-descent.ts";
export { findSolver, type NamedSolver, solverNames, solvers } from "./registry.ts";
export { iterations, type SolveOptions, solve, solveLater } from "./run.ts";
export type { Ending, OutcomeKind, SearchPath, Solution } from "./solution.ts";
export type { Solver } from "./solver.ts";
export type { Iteration } from "./solving.ts";
export * as stepLengths from "./step-lengths/index.ts";
