import { type Optimizer, optimizerFromData, type RuleData, ruleHyper, ruleOf } from "../../optimizers/index.ts";
import { findSolver, type Solver, type SolverData, solverFromData, solverHyper } from "../../solvers/index.ts";

/** What trains or minimises, as plain data: an update rule or a solver by its name, and what is set of it. */
export type OptimizerData = RuleData | SolverData;

/** Its own name, where another one was given: gradient-descent for sgd. */
export const nameOf = (data: OptimizerData): string =>
  "solver" in data ? findSolver(data.solver).spec.name : ruleOf(data).spec.name;

/** Every hyper-parameter, or setting of a solver, with its value. */
export const hyperOf = (data: OptimizerData): Record<string, number | string> =>
  "solver" in data ? solverHyper(data) : ruleHyper(data);

/**
 * The optimizer for a run of so many steps, or the solver. Without their number the data are only looked at. Throws a
 * RangeError for what is not allowed.
 */
export function methodFrom(data: RuleData, steps?: number): Optimizer;
export function methodFrom(data: OptimizerData, steps?: number): Optimizer | Solver;
export function methodFrom(data: OptimizerData, steps?: number): Optimizer | Solver {
  return "solver" in data ? solverFromData(data) : optimizerFromData(data, steps);
}
