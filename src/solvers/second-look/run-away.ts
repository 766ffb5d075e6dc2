import { type Ending, short } from "../run/ending.ts";
import type { Point } from "../run/point.ts";
import type { Curved } from "./curvature-at.ts";

/** A number that has become so many times larger, or smaller, than at the start has gone its own way, */
const FAR = 1e6;
/** if it has this part in a direction along which the value is level, */
const PART = 0.5;
/** so that a change of the number by its size changes the value by less than this part of it. */
const LEVEL = 1e-3;

/**
 * The end of a search at a place that is level only because a number has run away to where the value hardly depends on it, alone or with
 * others, as it did not have to at the start: slope and rounding say that this is a minimum, but nobody would. Undefined elsewhere.
 */
export function runAway(
  { x, value }: Pick<Point, "x" | "value">,
  start: Float64Array,
  { curvatures, vectors, sizes, unsure }: Curved,
): Ending | undefined {
  const n = x.length;
  const room = LEVEL * Math.abs(value);
  const level = [...curvatures.keys()].filter((k) => Math.abs(curvatures[k]) <= Math.min(unsure, room));
  // What the way back to the start would change: much where a small number is only a small answer.
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
    reason: `number ${j + 1} has run away to ${short(x[j])}, where the value is level; start elsewhere`,
  };
}
