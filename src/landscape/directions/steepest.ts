import type { AsyncObjective } from "../../objective/index.ts";
import { extremeEigenvaluesAsync } from "../../solvers/index.ts";
import { type Direction, direction, scaledTo } from "./direction.ts";

/** How accurately eigenvectors are computed. */
export interface HessianOptions {
  /** How many. Default 2. */
  readonly count?: number;
  /** The most Hessian-vector products. Default 100. */
  readonly steps?: number;
  /** An eigenvalue counts as found once ‖∇²f·v − λv‖ is at most this fraction of the largest |λ|. Default 1e-3. */
  readonly accuracy?: number;
  /** Seed of the first vector. Default 1. */
  readonly seed?: number;
}

/** The direction of the gradient at w, uphill, of unit length. Throws a RangeError where the gradient is 0 or not finite. */
export async function gradientDirection(objective: AsyncObjective, w: Float64Array): Promise<Direction> {
  const g = new Float64Array(w.length);
  await objective.gradient(w, g);
  const { facts } = direction(
    g,
    { kind: "gradient", label: "the gradient" },
    "it has no direction there; take another",
  );
  return { facts: { ...facts, length: 1, label: "the gradient, uphill" }, vector: scaledTo(g, 1) };
}

/**
 * The eigenvectors of the Hessian at w with the largest eigenvalues, of unit length, the largest first; each with the sign that makes its
 * largest component positive. Throws as `extremeEigenvaluesAsync` does.
 */
export async function hessianDirections(
  objective: AsyncObjective,
  w: Float64Array,
  { count = 2, steps = 100, accuracy = 1e-3, seed = 1 }: HessianOptions = {},
): Promise<Direction[]> {
  const { largest } = await extremeEigenvaluesAsync(objective, w, { count, steps, accuracy, seed });
  return largest.map(({ value, vector }, i) => {
    const facts = { kind: "hessian", eigenvalue: value, label: labelOf(i) } as const;
    return { facts: { ...facts, length: 1 }, vector: scaledTo(withSign(vector), 1) };
  });
}

const labelOf = (i: number): string =>
  i === 0 ? "eigenvector of the Hessian's largest eigenvalue" : `eigenvector of the Hessian's eigenvalue no. ${i + 1}`;

/** v or −v, of which both are eigenvectors. */
function withSign(v: Float64Array): Float64Array {
  const largest = v.reduce((at, x, i) => (Math.abs(x) > Math.abs(v[at]) ? i : at), 0);
  return v[largest] < 0 ? v.map((x) => -x) : v;
}
