import { unknownName } from "../expr/nearest.ts";
import { barzilaiBorwein } from "./barzilai-borwein.ts";
import { bfgs } from "./bfgs.ts";
import { conjugateGradient } from "./conjugate-gradient.ts";
import { gaussNewton } from "./gauss-newton.ts";
import { kfac } from "./kfac.ts";
import { lbfgs } from "./lbfgs.ts";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";
import { naturalGradient } from "./natural-gradient.ts";
import { newton } from "./newton.ts";
import { newtonCG } from "./newton-cg.ts";
import { newtonTrustRegion } from "./newton-trust-region.ts";
import { polyak } from "./polyak.ts";
import { pureNewton } from "./pure-newton.ts";
import { saddleFreeNewton } from "./saddle-free-newton.ts";
import type { Solver, SolverSpec } from "./solver.ts";
import { steepestDescent } from "./steepest-descent.ts";

/** A method as the registry holds it: its settings are checked when it is called. */
export interface NamedSolver {
  (settings?: Readonly<Record<string, number | string>>): Solver;
  readonly spec: SolverSpec;
}

/** Every method, from the slope alone to the whole Hessian, then those for sums of squares and for nets. */
export const solvers: readonly NamedSolver[] = [
  steepestDescent,
  barzilaiBorwein,
  polyak,
  conjugateGradient,
  bfgs,
  lbfgs,
  newton,
  newtonTrustRegion,
  saddleFreeNewton,
  newtonCG,
  pureNewton,
  gaussNewton,
  levenbergMarquardt,
  naturalGradient,
  kfac,
];

export const solverNames: readonly string[] = solvers.map(({ spec }) => spec.name);

/** Other names that people type. */
const aliases: Readonly<Record<string, string>> = {
  "l-bfgs": "lbfgs",
  cg: "conjugate-gradient",
  "hessian-free": "newton-cg",
  lm: "levenberg-marquardt",
  "k-fac": "kfac",
};

/** The method with this name. Throws a RangeError with the nearest name where there is none. */
export function findSolver(name: string): NamedSolver {
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted;
  const found = solvers.find(({ spec }) => spec.name === known);
  if (found === undefined)
    throw new RangeError(unknownName("solver", name, [...solverNames, ...Object.keys(aliases)], "downhill optimizers"));
  return found;
}
