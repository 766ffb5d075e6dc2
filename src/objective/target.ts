import type { LeastSquares, Surface } from "../surfaces/index.ts";
import { leastSquaresObjective, residualObjective, squaresObjective } from "./least-squares.ts";
import type { GradientFunction, Objective, Residuals, TwiceDifferentiable } from "./objective.ts";

/**
 * A function to minimize: a surface, a least-squares problem, your own residuals, your own function with values and
 * gradients, or an objective with more.
 */
export type Target = Surface | LeastSquares | Residuals | GradientFunction | Objective;

/**
 * The objective of a target. A target with its own gradients keeps them, as a noisy surface does. A surface, or a problem given by
 * expressions, has the same objective each time, so each of its functions is compiled once.
 */
export function objectiveOf(target: Target): Objective {
  if ("valueAndGradient" in target) return gradientObjective(target);
  if ("expression" in target) return surfaceObjective(target);
  if ("residualsAndJacobian" in target) return residualObjective(target);
  return "starts" in target ? problemObjective(target) : target;
}

/** A surface with all derivatives, and with residuals if its formula is a sum of squares. */
export const surfaceObjective: (surface: Surface) => TwiceDifferentiable = memoized(squaresObjective);

const problemObjective: (problem: LeastSquares) => TwiceDifferentiable = memoized(leastSquaresObjective);

/** Caches the result for each argument. */
function memoized<T extends object, R>(make: (thing: T) => R): (thing: T) => R {
  const made = new WeakMap<T, R>();
  return (thing) => {
    const known = made.get(thing) ?? make(thing);
    made.set(thing, known);
    return known;
  };
}

function gradientObjective(target: GradientFunction): Objective {
  const { name, dimension } = target;
  const unused = new Float64Array(dimension);
  return {
    name,
    dimension,
    value: (x) => target.valueAndGradient(x, unused),
    gradient: (x, g) => target.valueAndGradient(x, g),
  };
}

/** A target's usual start, if it has one. */
export function startOf(target: Target): readonly number[] | undefined {
  if ("start" in target) return target.start;
  return "starts" in target ? target.starts[0] : undefined;
}
