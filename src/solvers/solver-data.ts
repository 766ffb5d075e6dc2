import { checkOptions, quoteValue } from "../arguments/index.ts";
import { findSolver } from "./registry.ts";
import type { Solver } from "./solver.ts";

/** A solver and its settings as plain data. */
export interface SolverData {
  /** Its name, such as `lbfgs`. */
  readonly solver: string;
  /** Settings other than the defaults. */
  readonly hyper?: Readonly<Record<string, number | string>> | undefined;
}

/** Makes the solver. Throws a RangeError for an unknown name and for settings that are not allowed. */
export function solverFromData(data: SolverData): Solver {
  checkOptions("optimizer", data, ["solver", "hyper"], '{ solver: "lbfgs", hyper: { memory: 10 } }');
  if (typeof data.solver !== "string")
    throw new TypeError(`optimizer: solver is ${quoteValue(data.solver)}; give its name, such as "lbfgs"`);
  return findSolver(data.solver)(data.hyper);
}

/** All settings, with the defaults filled in. */
export const solverHyper = ({ solver, hyper }: SolverData): Record<string, number | string> => ({
  ...findSolver(solver).spec.settings,
  ...hyper,
});
