import type { Objective } from "../../src/solvers/index.ts";

/** An objective from a function and its gradient. */
export const functionOf = (
  dimension: number,
  value: (x: Float64Array) => number,
  slope: (x: Float64Array) => readonly number[],
): Objective => ({
  name: "function",
  dimension,
  value,
  gradient: (x, g) => {
    g.set(slope(x));
    return value(x);
  },
});

/** ½xᵀAx − bᵀx for a symmetric matrix, row by row. */
export function quadraticOf(a: readonly (readonly number[])[], b: readonly number[]): Objective {
  const n = b.length;
  const product = (v: ArrayLike<number>): number[] => a.map((row) => row.reduce((sum, x, j) => sum + x * v[j], 0));
  return {
    ...functionOf(
      n,
      (x) => product(x).reduce((sum, ax, i) => sum + x[i] * (0.5 * ax - b[i]), 0),
      (x) => product(x).map((ax, i) => ax - b[i]),
    ),
    hessian: (_, h) => h.set(a.flat()),
    hessianProduct: (_, v, to) => to.set(product(v)),
  };
}
