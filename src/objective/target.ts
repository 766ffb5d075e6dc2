import type { LeastSquares, Surface } from "../surfaces/index.ts";
import { leastSquaresObjective, residualObjective, squaresObjective } from "./least-squares.ts";
import type { GradientFunction, Objective, Residuals, TwiceDifferentiable } from "./objective.ts";

/**
 * What can be made small: a surface, a least-squares problem, residuals of one's own, a function of one's own that tells values
 * and gradients, or an objective that tells more.
 */
export type Target = Surface | LeastSquares | Residuals | GradientFunction | Objective;

/**
 * A target with all that it can tell. What tells gradients of its own is taken at its word, a surface seen through noise, too. Of a
 * surface, or a problem that is given by expressions, it is the same objective each time, so each of its functions is compiled once.
 */
export function objectiveOf(target: Target): Objective {
  if ("valueAndGradient" in target) return gradientObjective(target);
  if ("expression" in target) return surfaceObjective(target);
  if ("residualsAndJacobian" in target) return residualObjective(target);
  return "starts" in target ? problemObjective(target) : target;
}

/** A surface with all derivatives, and with residuals where its formula is a sum of squares. */
export const surfaceObjective: (surface: Surface) => TwiceDifferentiable = remembered(squaresObjective);

const problemObjective: (problem: LeastSquares) => TwiceDifferentiable = remembered(leastSquaresObjective);

/** What is made of a thing, made once. */
function remembered<T extends object, R>(make: (thing: T) => R): (thing: T) => R {
  const made = new WeakMap<T, R>();
  return (thing) => {
    const known = made.get(thing) ?? make(thing);
    made.set(thing, known);
    return known;
  };
}

function gradientObjective(target: GradientFunction): Objective {
  const { name, dimension } = target;
  const aside = new Float64Array(dimension);
  return {
    name,
    dimension,
    value: (x) => target.valueAndGradient(x, aside),
    gradient: (x, g) => target.valueAndGradient(x, g),
  };
}

/** Where a walk on a target usually starts, where that is known. */
export function startOf(target: Target): readonly number[] | undefined {
  if ("start" in target) return target.start;
  return "starts" in target ? target.starts[0] : undefined;
}
