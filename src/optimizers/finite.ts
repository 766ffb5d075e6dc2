import { sumOfZeros } from "../device/wasm/index.ts";
import { constant, type Expr, inOrder } from "../expr/index.ts";
import { add, mul, sub } from "../expr/operators/index.ts";

/**
 * The result that says whether everything an update stores is finite: 0 if so, else NaN. Names in a rule have no blanks, so it
 * cannot clash with one.
 */
export const ALL_FINITE = "all finite";

/**
 * An update that also checks whether all vectors that it stores are finite. For each weight, (w − w)·m·v of the new values is 0
 * if they are finite, and NaN if one is ∞ or NaN. The same pass adds these up: a few operations in a loop that waits for roots
 * and for memory. `apart`: sums w separately, since it may have to wait for totals of the others. A norm that overflows counts,
 * too: a gradient divided by it would silently become 0.
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

/** Σ(w − w)·m·v for these vectors; empty for no vectors. */
function zeros([first, ...others]: readonly Expr[]): Expr[] {
  return first === undefined ? [] : [sumOfZeros(others.reduce(mul, sub(first, first)))];
}

export const isLength = (node: Expr): boolean =>
  node.shape.length === 0 && (node.kind === "apply" ? node.operator.name === "norm" : isGivenLength(node));

const isGivenLength = (node: Expr): boolean => node.kind === "input" && node.name === "g_norm";
