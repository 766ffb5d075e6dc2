import { checkNumber, checkOptions, isOptions, quoteValue, whole } from "../../arguments/index.ts";
import { isVector, type Vector } from "../../expr/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { checkObjective } from "../checks/objectives.ts";
import { checkVector } from "../checks/vectors.ts";

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
 * The loss at (1 − t)·from + t·to for t from 0 to 1, of a net (`NetObjective`) or any other objective. Losses that are
 * not finite stay so. Throws a TypeError for anything but an objective and two vectors, and a RangeError if an end does not have the
 * objective's dimension or is not finite, for unknown options, and for fewer than 2 points or more than 1,000,001.
 * Goodfellow, Vinyals & Saxe 2015, Qualitatively characterizing neural network optimization problems.
 */
export async function lossAlongLine(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  from: Vector,
  to: Vector,
  options: LineOptions = {},
): Promise<LossLine> {
  checkObjective("lossAlongLine", objective, ["value"]);
  const { name, dimension } = objective;
  for (const end of [from, to]) checkVector(`${name}: an end of the line`, end, dimension);
  checkOptions("lossAlongLine", options, ["points"], "lossAlongLine(objective, from, to, { points: 25 })");
  const { points = 25 } = options;
  checkNumber("lossAlongLine: points", points, whole(2, MOST_POINTS));
  const positions = Float64Array.from({ length: points }, (_, k) => k / (points - 1));
  const losses = new Float64Array(points);
  const x = new Float64Array(dimension);
  for (const [k, t] of positions.entries()) {
    for (let i = 0; i < dimension; i++) x[i] = (1 - t) * from[i] + t * to[i];
    losses[k] = await objective.value(x);
  }
  return { positions, losses };
}

const MOST_POINTS = 1_000_001;

/**
 * The most by which the loss rises above the straight line between its two ends: max over t of
 * L(t) − ((1 − t)·L(0) + t·L(1)). For a convex function it is 0, by Jensen's inequality. If a loss on the line is not finite,
 * neither is the barrier. Throws a TypeError for anything but a line's positions and losses, and a RangeError unless they are equally many, two
 * or more, and the positions ascend from 0 to 1.
 * Entezari, Sedghi, Saukh & Neyshabur 2022, The role of permutation invariance in linear mode connectivity, definition 1.
 */
export function barrier(line: LossLine): number {
  checkLine(line);
  const { positions, losses } = line;
  if (losses.includes(Number.NEGATIVE_INFINITY)) return Number.NaN;
  const [first, last] = [losses[0], losses[losses.length - 1]];
  return losses.reduce((most, loss, k) => Math.max(most, loss - ((1 - positions[k]) * first + positions[k] * last)), 0);
}

function checkLine(line: LossLine): void {
  if (!(isOptions(line) && isVector(line.positions) && isVector(line.losses)))
    throw new TypeError(
      `barrier: the line is ${quoteValue(line)}; give { positions, losses }, as lossAlongLine makes them`,
    );
  const { positions, losses } = line;
  if (positions.length !== losses.length || positions.length < 2)
    throw new RangeError(
      `barrier: ${losses.length} losses at ${positions.length} positions; give as many, at both ends at least`,
    );
  if (
    positions[0] !== 0 ||
    positions[positions.length - 1] !== 1 ||
    !positions.every((t, k) => k === 0 || t > positions[k - 1])
  )
    throw new RangeError(`barrier: the positions are ${quoteValue(positions)}; give ascending ones from 0 to 1`);
}
