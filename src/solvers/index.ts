/**
 * Solvers minimize functions of a few variables, sums of squares and nets, with more than the gradient: curvature,
 * residuals or line searches. A solver is a direction and a step length, or a model in a trust region.
 *
 * @module
 */

export type { Device, Runnable } from "../device/index.ts";
export {
  type AsyncObjective,
  type AsyncObjective as ObjectiveLater,
  type Examples,
  type GradientFunction,
  type KroneckerFactor,
  NetObjective,
  type NetObjectiveOptions,
  type Objective,
  objectiveOf,
  type Residuals,
  type Target,
} from "../objective/index.ts";
export type { CriticalKind } from "./critical-points/classify.ts";
export {
  type CriticalPoints,
  criticalPoints,
  type FoundPoint,
  type SearchOptions,
} from "./critical-points/critical-points.ts";
export { arrive } from "./critical-points/critical-walk.ts";
export {
  type DiagonalEstimate,
  type DiagonalOptions,
  diagonalHessian,
  diagonalHessianAsync,
  diagonalHessianAsync as diagonalHessianLater,
} from "./curvature/diagonal.ts";
export {
  type EigenOptions,
  type EigenPair,
  type ExtremeEigenvalues,
  extremeEigenvalues,
  extremeEigenvaluesAsync,
  extremeEigenvaluesAsync as extremeEigenvaluesLater,
} from "./curvature/lanczos.ts";
export {
  type QuadratureOptions,
  type SpectralQuadrature,
  spectralQuadrature,
  spectralQuadratureAsync,
  spectralQuadratureAsync as spectralQuadratureLater,
} from "./curvature/quadrature.ts";
/** Search directions, to combine with a step length by `descent`. */
export * as directions from "./directions.ts";
export * from "./methods.ts";
export { findSolver, type NamedSolver, solverNames, solvers } from "./registry.ts";
export type { Ending, OutcomeKind } from "./run/ending.ts";
export type { Evaluations } from "./run/evaluator.ts";
export { missing } from "./run/evaluator.ts";
export type { Iteration } from "./run/point.ts";
export { copySearch, packSearch, readSearch, unpackSearch, writeSearch } from "./run/saved.ts";
export type { SearchPath, Solution } from "./run/solution.ts";
export type { SearchState } from "./run/state.ts";
export {
  type DescentOptions,
  type Direction,
  descent,
  type LineSearch,
  type StepLength,
} from "./search/descent.ts";
export {
  iterations,
  type SearchPoint,
  type SolveOptions,
  solve,
  solveAsync,
  solveAsync as solveLater,
} from "./solve.ts";
export type { Solver, SolverFactory, SolverSpec, SolverState } from "./solver.ts";
export { type SolverData, solverFromData, solverHyper } from "./solver-data.ts";
/** Rules for the step length along a direction, to combine with a direction by `descent`. */
export * as stepLengths from "./step-lengths.ts";
