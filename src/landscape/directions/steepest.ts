import { checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { extremeEigenvaluesAsync } from "../../solvers/index.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { type Direction, direction, scaledTo } from "./direction.ts";

/** How accurately eigenvectors are computed. */
export interface HessianOptions {
  /** How many, at most as many as there are variables. Default 2. */
  readonly count?: number;
  /** The most Hessian-vector products, at least `count`. Default 100. */
  readonly steps?: number;
  /** An eigenvalue counts as found once ‖∇²f·v − λv‖ is at most this fraction of the largest |λ|. Default 1e-3. */
  readonly accuracy?: number;
  /** Seed of the first vector. Default 1. */
  readonly seed?: number;
}

/**
 * The direction of the gradient at w, n values, uphill, of unit length. Throws a TypeError for anything but an objective and a vector, and a
 * RangeError for a w of another length or with numbers that are not finite, and where the gradient is 0 or not finite.
 */
export async function gradientDirection(objective: AsyncObjective, w: Float64Array): Promise<Direction> {
  checkObjective("gradientDirection", objective, ["gradient"]);
  checkPoint(objective, w);
  const g = new Float64Array(w.length);
  await objective.gradient(w, g);
  const { facts } = direction(
    g,
    { kind: "gradient", label: "the gradient" },
    "it has no direction there; take another",
  );
  return { facts: { ...facts, length: 1, label: "the gradient, uphill" }, vector: scaledTo(g, 1) };
}

const names = ["count", "steps", "accuracy", "seed"] as const;

/**
 * The eigenvectors of the Hessian at w, n values, with the largest eigenvalues, of unit length, the largest first; each with the sign that
 * makes its largest component positive. Throws a TypeError for anything but an objective and a vector, and if the objective has no
 * Hessian-vector products; a RangeError for a w of another length or with numbers that are not finite, for wrong options, and where a product
 * is not finite.
 */
export async function hessianDirections(
  objective: AsyncObjective,
  w: Float64Array,
  options: HessianOptions = {},
): Promise<Direction[]> {
  checkObjective("hessianDirections", objective, ["hessianProduct"]);
  checkPoint(objective, w);
  checkOptions("hessianDirections", options, names, "hessianDirections(objective, w, { count: 2 })");
  const { count = 2, steps = 100, accuracy = 1e-3, seed = 1 } = options;
  checkNumber("hessianDirections: count", count, whole(1, objective.dimension));
  checkNumber("hessianDirections: steps", steps, whole(count));
  checkNumber("hessianDirections: accuracy", accuracy, domains.between);
  checkNumber("hessianDirections: seed", seed, domains.count);
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
