import type { TwiceDifferentiable } from "../../objective/index.ts";
import type { SpectralModel } from "../spectral.ts";
import { type Arrival, arrive } from "./critical-walk.ts";

/** By the signs of the Hessian's eigenvalues; degenerate where one of them is zero, or too small to have a sure sign. */
export type CriticalKind = "minimum" | "maximum" | "saddle" | "degenerate";

/** How far beside a point its curvature is looked at again, as a part of the domain's size. */
const BESIDE = 1e-6;

/** The kind of a point where a walk arrived, in a domain of the given size. */
export function kindOf(f: TwiceDifferentiable, point: Arrival, size: number): CriticalKind {
  const eigenvalues = point.model.curvatures;
  if (eigenvalues.some((_, k) => !isSure(f, point, k, size))) return "degenerate";
  if (eigenvalues[0] > 0) return "minimum";
  return eigenvalues[eigenvalues.length - 1] < 0 ? "maximum" : "saddle";
}

/**
 * Whether an eigenvalue's sign is sure: well above rounding, and the curvature along its eigenvector keeps more than
 * half of it a little way off, on both sides. (x³ and x⁴ have curvature a hair beside 0, but not of one size.)
 */
function isSure(f: TwiceDifferentiable, { at, model, distance }: Arrival, k: number, size: number): boolean {
  const n = f.dimension;
  const lambda = model.curvatures[k];
  const largest = Math.max(...model.curvatures.map(Math.abs));
  if (Math.abs(lambda) <= 1e-10 * largest) return false;
  const v = model.vectors.subarray(k * n, (k + 1) * n);
  const away = Math.max(BESIDE * size, 10 * distance);
  return [away, -away].every((step) => {
    const beside = arrive(
      f,
      at.map((x, i) => x + step * v[i]),
    );
    return beside !== null && Math.abs(curvatureAlong(beside.model, v) - lambda) <= 0.5 * Math.abs(lambda);
  });
}

/** vᵀHv. */
function curvatureAlong({ curvatures, vectors }: SpectralModel, v: Float64Array): number {
  const n = v.length;
  return curvatures.reduce((sum, lambda, k) => {
    let along = 0;
    for (let i = 0; i < n; i++) along += vectors[k * n + i] * v[i];
    return sum + lambda * along * along;
  }, 0);
}
