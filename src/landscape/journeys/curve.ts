import { checkChoice, checkNumber, domains } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";

/** The shapes of a curve between two points that a third one bends. */
export const curveShapes = ["bezier", "chain"] as const;
/** One of them. */
export type CurveShape = (typeof curveShapes)[number];

/** How much each of the three points counts at a position: φ(t) = a·w₁ + b·θ + c·w₂. */
export type CurveShares = readonly [a: number, b: number, c: number];

/**
 * The shares of the three points at t, from 0 to 1.
 * - bezier: φ(t) = (1 − t)²·w₁ + 2t(1 − t)·θ + t²·w₂, the quadratic Bézier curve;
 * - chain: two straight lines, which meet in θ at t = ½.
 *
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs, section 3.2.
 *
 * Throws a TypeError for a shape that is no word, and a RangeError for another shape, and for a t that is not from 0 to 1.
 */
export function curveShares(shape: CurveShape, t: number): CurveShares {
  checkChoice("curveShares: shape", shape, curveShapes);
  checkNumber("curveShares: t", t, domains.unit);
  if (shape === "bezier") return [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  return t < 0.5 ? [1 - 2 * t, 2 * t, 0] : [0, 2 - 2 * t, 2 * t - 1];
}

/** Writes a·w₁ + b·θ + c·w₂. */
export function placeOnCurve(
  [a, b, c]: CurveShares,
  [first, bend, last]: readonly [Vector, Vector, Vector],
  to: Vector,
): Vector {
  for (let i = 0; i < to.length; i++) to[i] = a * first[i] + b * bend[i] + c * last[i];
  return to;
}
