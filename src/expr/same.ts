import type { Expr } from "./node.ts";
import { inOrder, keyOf } from "./program.ts";

/** Whether two expressions are equal node by node: operators, settings, shapes, types, names and every bit of constants. */
export function sameExpr(a: Expr, b: Expr): boolean {
  const numbers = numberNodes([a, b]);
  return numbers.get(a) === numbers.get(b);
}

/** Numbers the nodes of the expressions; equal nodes get equal numbers. Iterative, and linear in shared graphs. */
export function numberNodes(outputs: readonly Expr[]): Map<Expr, number> {
  const numbers = new Map<Expr, number>();
  const keys = new Map<string, number>();
  const numberOfKey = (key: string): number => {
    const number = keys.get(key) ?? keys.size;
    keys.set(key, number);
    return number;
  };
  const identity = (x: Expr | Float64Array): number =>
    x instanceof Float64Array ? numberOfKey(`numbers ${Array.from(x, bits)}`) : (numbers.get(x) ?? -1);
  for (const node of inOrder(outputs)) numbers.set(node, numberOfKey(keyOf(node, identity)));
  return numbers;
}

const bits = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));
