import { checkNumber, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";

/** The loss along the straight line between two points. */
export interface LossLine {
  /** Evenly spaced from 0, at one end, to 1, at the other. */
  readonly positions: Float64Array;
  /** The loss at each position. */
  readonly losses: Float64Array;
}

/** How finely `lossAlongLine` samples the line. */
export interface LineOptions {
  /** The number of points, including both ends. Default 25. */
  readonly points?: number;
}

/**
 * The loss at (1 − t)·from + t·to for t from 0 to 1, of a net (`NetObjective`) or any other objective. Values that are
 * not finite stay so. Throws a RangeError if an end does not have the objective's dimension, or for fewer than 2
 * points.
 * Goodfellow, Vinyals & Saxe 2015, Qualitatively characterizing neural network optimization problems.
 */
export async function lossAlongLine(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  from: Vector,
  to: Vector,
  { points = 25 }: LineOptions = {},
): Promise<LossLine> {
  const { name, dimension } = objective;
  checkNumber("lossAlongLine: points", points, whole(2));
  for (const end of [from, to])
    if (end.length !== dimension)
      throw new RangeError(`${name}: an end of the line has ${end.length} values; ${dimension} are needed`);
  const positions = Float64Array.from({ length: points }, (_, k) => k / (points - 1));
  const losses = new Float64Array(points);
  const x = new Float64Array(dimension);
  for (const [k, t] of positions.entries()) {
    for (let i = 0; i < dimension; i++) x[i] = (1 - t) * from[i] + t * to[i];
    losses[k] = await objective.value(x);
  }
  return { positions, losses };
}

/**
 * The most by which the loss rises above the straight line between its two ends: max over t of
 * L(t) − ((1 − t)·L(0) + t·L(1)). For a convex function it is 0, by Jensen's inequality. If a loss on the line is not finite,
 * neither is the barrier.
 * Entezari, Sedghi, Saukh & Neyshabur 2022, The role of permutation invariance in linear mode connectivity, definition 1.
 */
export function barrier({ positions, losses }: LossLine): number {
  const [first, last] = [losses[0], losses[losses.length - 1]];
  return losses.reduce((most, loss, k) => Math.max(most, loss - ((1 - positions[k]) * first + positions[k] * last)), 0);
}
