import type { DirectionKind, LossSlice } from "../../../src/landscape/index.ts";

/** Evenly spaced from low to high. */
export const even = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

/** A slice of a function of two variables, or of one on a line; null where it is not finite. */
export function sliceOf(
  f: (x: number, y: number) => number,
  x: readonly number[],
  y: readonly number[] = x,
  kind: DirectionKind = "filter",
): LossSlice {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    title: "closed form",
    x,
    y,
    loss: y.map((up) => x.map((right) => finite(f(right, up)))),
    centre: { loss: finite(f(0, 0)) },
    directions: [{ kind, length: 1, label: "x" }, ...(y.length > 1 ? [{ kind, length: 1, label: "y" }] : [])],
    examples: { data: "none", split: "train", count: 1 },
  };
}
