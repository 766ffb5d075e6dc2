import type { Expr } from "../node.ts";
import { inOrder } from "../program.ts";

/** The most characters of one expression: a shared sub-expression is written out wherever it is used. */
const LONGEST = 1_000_000;

/**
 * Writes an expression from the written forms of its parts. Iterative, so deep expressions are safe; throws a RangeError for
 * one that would take more than a million characters.
 */
export function compose<T extends { readonly text: string }>(
  expr: Expr,
  write: (node: Expr, inputs: readonly T[]) => T,
): T {
  const written = new Map<Expr, T>();
  const known = (node: Expr): T => {
    const parts = node.kind === "apply" ? node.inputs.flatMap((x) => written.get(x) ?? []) : [];
    const result = write(node, parts);
    if (result.text.length > LONGEST)
      throw new RangeError(`the expression takes more than ${LONGEST} characters as text; write its parts one by one`);
    return result;
  };
  for (const node of inOrder([expr])) written.set(node, known(node));
  return written.get(expr) ?? known(expr);
}
