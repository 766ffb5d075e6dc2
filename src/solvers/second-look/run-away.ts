import { type Ending, threeDigits } from "../run/ending.ts";
import type { Point } from "../run/point.ts";
import type { CurvatureModel } from "./curvature-at.ts";

/** A variable has run away if it is this many times larger, or smaller, than at the start, */
const FAR = 1e6;
/** has at least this component in a flat direction, */
const PART = 0.5;
/** and a change by its size changes the value by less than this fraction. */
const LEVEL = 1e-3;

/**
 * The ending of a search at a point that is flat only because a variable has run away, alone or with others, to where the function hardly
 * depends on it. Its gradient is zero to rounding, as at a minimum, but nobody would call it one. Undefined at other points.
 */
export function runAway(
  { x, value }: Pick<Point, "x" | "value">,
  start: Float64Array,
  { curvatures, vectors, sizes, unsure }: CurvatureModel,
): Ending | undefined {
  const n = x.length;
  const room = LEVEL * Math.abs(value);
  const level = [...curvatures.keys()].filter((k) => Math.abs(curvatures[k]) <= Math.min(unsure, room));
  // The change of the value on the way back to the start: large if the small variable is simply the right answer.
  const back = (j: number): number => {
    const bend = curvatures.reduce((sum, curvature, k) => sum + Math.abs(curvature) * vectors[k * n + j] ** 2, 0);
    return bend * ((start[j] - x[j]) / sizes[j]) ** 2;
  };
  const gone = (j: number): boolean => {
    const factor = Math.abs(x[j] / (start[j] || 1));
    if (sizes[j] !== Math.abs(x[j])) return false;
    return factor > FAR || (start[j] !== 0 && factor < 1 / FAR && back(j) <= room);
  };
  const j = [...x.keys()].find((i) => gone(i) && level.some((k) => Math.abs(vectors[k * n + i]) >= PART));
  if (j === undefined) return undefined;
  return {
    outcome: "stalled",
    reason: `variable ${j + 1} has run away to ${threeDigits(x[j])}, where the function is flat; start elsewhere`,
  };
}
