import { sumOfZeros } from "../compile/fuse/index.ts";
import { constant, type Expr } from "../expr/node.ts";
import { mul, sub } from "../expr/operators/index.ts";

/**
 * The result in which an update says whether all that it stores is finite: 0 where it is, not a number where it is not.
 * No name in a rule has a blank.
 */
export const ALL_FINITE = "all finite";

/**
 * An update that tells whether all vectors that it stores are finite. For each weight the new numbers' (w − w)·m·v is 0
 * where they are finite, and not a number where one is ∞ or NaN. The same pass adds these up: a few operations in a loop
 * that waits for roots and for memory.
 */
export function withCheck(outputs: Readonly<Record<string, Expr>>): Readonly<Record<string, Expr>> {
  const [first, ...others] = Object.values(outputs).filter((x) => x.shape.length > 0);
  if (first === undefined) return { ...outputs, [ALL_FINITE]: constant(0) };
  return { ...outputs, [ALL_FINITE]: sumOfZeros(others.reduce(mul, sub(first, first))) };
}
