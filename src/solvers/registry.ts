import { unknownName } from "../expr/nearest.ts";
import type { SolverSpec } from "./factory.ts";
import { barzilaiBorwein } from "./methods/barzilai-borwein.ts";
import { bfgs } from "./methods/bfgs.ts";
import { conjugateGradient } from "./methods/conjugate-gradient.ts";
import { gaussNewton } from "./methods/gauss-newton.ts";
import { kfac } from "./methods/kfac.ts";
import { lbfgs } from "./methods/lbfgs.ts";
import { levenbergMarquardt } from "./methods/levenberg-marquardt.ts";
import { naturalGradient } from "./methods/natural-gradient.ts";
import { newton } from "./methods/newton.ts";
import { newtonCG } from "./methods/newton-cg.ts";
import { newtonTrustRegion } from "./methods/newton-trust-region.ts";
import { polyak } from "./methods/polyak.ts";
import { pureNewton } from "./methods/pure-newton.ts";
import { saddleFreeNewton } from "./methods/saddle-free-newton.ts";
import { steepestDescent } from "./methods/steepest-descent.ts";
import type { Solver } from "./solver.ts";

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
