import type { LeastSquares } from "../surfaces/least-squares.ts";
import type { Surface } from "../surfaces/surface.ts";
import { leastSquaresObjective, residualObjective, surfaceObjective } from "./least-squares.ts";
import type { Objective } from "./objective.ts";
import type { Residuals } from "./residuals.ts";
import type { Objective as Sloped } from "./surface.ts";

/**
 * What can be made small: a surface, a least-squares problem, residuals of one's own, a function of one's own that tells values
 * and slopes, or an objective that tells more.
 */
export type Target = Surface | LeastSquares | Residuals | Sloped | Objective;

/** A target with all that it can tell. What tells slopes of its own is taken at its word, a surface seen through noise, too. */
export function objectiveOf(target: Target): Objective {
  if ("valueAndGradient" in target) return slopedObjective(target);
  if ("expression" in target) return surfaceObjective(target);
  if ("residualsAndJacobian" in target) return residualObjective(target);
  return "starts" in target ? leastSquaresObjective(target) : target;
}

function slopedObjective(target: Sloped): Objective {
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
