import { sumOfZeros } from "../device/wasm/index.ts";
import { constant, type Expr, inOrder } from "../expr/index.ts";
import { add, mul, sub } from "../expr/operators/index.ts";

/**
 * The result in which an update says whether all that it stores is finite: 0 where it is, not a number where it is not.
 * No name in a rule has a blank.
 */
export const ALL_FINITE = "all finite";

/**
 * An update that tells whether all vectors that it stores are finite. For each weight the new numbers' (w − w)·m·v is 0
 * where they are finite, and not a number where one is ∞ or NaN. The same pass adds these up: a few operations in a loop
 * that waits for roots and for memory. `apart`: w, which may wait for totals of the others, in a sum of its own. A length
 * beyond the largest number counts, too: divided by it, a gradient would be 0 without a word.
 */
export function withCheck(
  outputs: Readonly<Record<string, Expr>>,
  { apart }: { readonly apart: boolean },
): Readonly<Record<string, Expr>> {
  const vectors = Object.entries(outputs).filter(([, x]) => x.shape.length > 0);
  const of = (wanted: (name: string) => boolean): Expr[] => vectors.flatMap(([name, x]) => (wanted(name) ? [x] : []));
  const groups = apart ? [of((name) => name === "w"), of((name) => name !== "w")] : [of(() => true)];
  const lengths = inOrder(Object.values(outputs)).filter(isLength);
  const all = [...groups.flatMap(zeros), ...lengths.map((length) => mul(length, 0))];
  return { ...outputs, [ALL_FINITE]: all.reduce(add, constant(0)) };
}

/** Σ(w − w)·m·v for some vectors; none for none. */
function zeros([first, ...others]: readonly Expr[]): Expr[] {
  return first === undefined ? [] : [sumOfZeros(others.reduce(mul, sub(first, first)))];
}

export const isLength = (node: Expr): boolean =>
  node.shape.length === 0 && (node.kind === "apply" ? node.operator.name === "norm" : isGivenLength(node));

const isGivenLength = (node: Expr): boolean => node.kind === "input" && node.name === "g_norm";
