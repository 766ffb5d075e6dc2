import type { Vector } from "../../expr/index.ts";

/** By how much rounding may change a number, relative to it: 2⁻²⁴ if all are numbers of float32, in a vector of either type; else 2⁻⁵³. */
export const unitRoundoff = (points: readonly Vector[]): number =>
  points.every((point) => point instanceof Float32Array || point.every((x) => Math.fround(x) === x))
    ? 2 ** -24
    : 2 ** -53;
