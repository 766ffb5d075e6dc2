import { type Optimizer, optimizerFromData, type RuleData, ruleHyper, ruleOf } from "../../optimizers/index.ts";
import { findSolver, type Solver, type SolverData, solverFromData, solverHyper } from "../../solvers/index.ts";

/** An update rule or a solver as plain data: its name and its settings. */
export type OptimizerData = RuleData | SolverData;

/** The proper name behind an alias: gradient-descent for sgd. */
export const nameOf = (data: OptimizerData): string =>
  "solver" in data ? findSolver(data.solver).spec.name : ruleOf(data).spec.name;

/** All hyper-parameters of a rule, or all settings of a solver. */
export const hyperOf = (data: OptimizerData): Record<string, number | string> =>
  "solver" in data ? solverHyper(data) : ruleHyper(data);

/**
 * The optimizer for a run of this many steps, or the solver. Without `steps` the data are only checked. Throws a RangeError
 * for a value that is not allowed.
 */
export function methodFrom(data: RuleData, steps?: number): Optimizer;
export function methodFrom(data: OptimizerData, steps?: number): Optimizer | Solver;
export function methodFrom(data: OptimizerData, steps?: number): Optimizer | Solver {
  return "solver" in data ? solverFromData(data) : optimizerFromData(data, steps);
}
