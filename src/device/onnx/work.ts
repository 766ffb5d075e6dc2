import { type Expr, sizeOf } from "../../expr/index.ts";

/** Elementary operations that keep one thread busy for a third of a millisecond; for less, another thread saves nothing. */
const ONE_THREADS_SHARE = 3e7;

/** Elementary operations in a program: one per computed element, two per multiplication in a matrix product. */
export function workOf(nodes: readonly Expr[]): number {
  let work = 0;
  for (const node of nodes) {
    if (node.kind !== "apply") continue;
    const { transposeA } = node.operator.attributes;
    const inner = node.operator.name === "matmul" ? node.inputs[0].shape.at(transposeA === 1 ? -2 : -1) : undefined;
    work += sizeOf(node.shape) * (inner === undefined ? 1 : 2 * inner);
  }
  return work;
}

/** The number of available threads worth using. */
export const threadsFor = (work: number, available: number): number =>
  Math.max(1, Math.min(available, Math.floor(work / ONE_THREADS_SHARE)));
