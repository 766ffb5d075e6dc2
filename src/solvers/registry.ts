import { unknownName } from "../arguments/index.ts";
import * as all from "./methods.ts";
import type { Solver, SolverSpec } from "./solver.ts";

/** A solver factory in the registry; it checks its settings when called. */
export interface NamedSolver {
  (settings?: Readonly<Record<string, number | string>>): Solver;
  /** Its name, formula, source and default settings. */
  readonly spec: SolverSpec;
}

/** From gradients only to full Hessians, then solvers for sums of squares and for nets. */
const ordered: readonly NamedSolver[] = [
  all.steepestDescent,
  all.barzilaiBorwein,
  all.polyak,
  all.conjugateGradient,
  all.bfgs,
  all.lbfgs,
  all.newton,
  all.newtonTrustRegion,
  all.saddleFreeNewton,
  all.newtonCG,
  all.pureNewton,
  all.gaussNewton,
  all.levenbergMarquardt,
  all.naturalGradient,
  all.kfac,
];

/**
 * All solvers, in the order of lists: from those that need only gradients to those with full Hessians, then those for
 * sums of squares and for nets.
 */
export const solvers: readonly NamedSolver[] = [
  ...ordered,
  ...Object.values(all).filter((solver) => !ordered.includes(solver)),
];

/** The names of all solvers. */
export const solverNames: readonly string[] = solvers.map(({ spec }) => spec.name);

/** Other common names. */
const aliases: Readonly<Record<string, string>> = {
  "l-bfgs": "lbfgs",
  cg: "conjugate-gradient",
  "hessian-free": "newton-cg",
  lm: "levenberg-marquardt",
  "k-fac": "kfac",
};

/** The solver of this name. Throws a RangeError that suggests the nearest name if there is none. */
export function findSolver(name: string): NamedSolver {
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted;
  const found = solvers.find(({ spec }) => spec.name === known);
  if (found === undefined)
    throw new RangeError(unknownName("solver", name, [...solverNames, ...Object.keys(aliases)], "downhill optimizers"));
  return found;
}
