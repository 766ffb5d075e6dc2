import type { LeastSquares } from "../../surfaces/least-squares.ts";
import type { Residuals } from "../../surfaces/residuals.ts";
import type { Surface } from "../../surfaces/surface.ts";
import type { Objective } from "../objective.ts";
import { leastSquaresObjective, residualObjective, surfaceObjective } from "./least-squares.ts";

/** What can be made small: a surface, a least-squares problem, residuals of one's own, or an objective of one's own. */
export type Target = Surface | LeastSquares | Residuals | Objective;

/** A target with all that solvers ask. */
export function objectiveOf(target: Target): Objective {
  if ("expression" in target) return surfaceObjective(target);
  if ("residualsAndJacobian" in target) return residualObjective(target);
  return "starts" in target ? leastSquaresObjective(target) : target;
}

/** Where a walk on a target usually starts, where that is known. */
export function startOf(target: Target): readonly number[] | undefined {
  if ("start" in target) return target.start;
  return "starts" in target ? target.starts[0] : undefined;
}
