import { type Expr, sizeOf } from "../../expr/index.ts";

/** Elementary operations that keep one thread busy for a third of a millisecond; for less, another thread saves nothing. */
const ONE_THREADS_SHARE = 3e7;

/** Elementary operations in a program: a multiplication in a matrix product and its addition are two. */
export function workOf(nodes: readonly Expr[]): number {
  let work = 0;
  for (const node of nodes) {
    if (node.kind !== "apply") continue;
    work += sizeOf(node.shape) * (node.operator.work?.(node) ?? 1);
  }
  return work;
}

/** The number of available threads worth using. */
export const threadsFor = (work: number, available: number): number =>
  Math.max(1, Math.min(available, Math.floor(work / ONE_THREADS_SHARE)));
