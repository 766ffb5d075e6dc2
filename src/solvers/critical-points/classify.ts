import type { TwiceDifferentiable } from "../../objective/index.ts";
import type { SpectralModel } from "../spectral.ts";
import { type Arrival, arrive } from "./critical-walk.ts";

/** By the signs of the Hessian's eigenvalues; degenerate if one of them is zero or too small for its sign to be certain. */
export type CriticalKind = "minimum" | "maximum" | "saddle" | "degenerate";

/** How far from a point its curvature is computed again, as a fraction of the domain's size. */
const BESIDE = 1e-6;

/** The kind of the critical point at which a walk arrived, in a domain of the given size. */
export function classify(f: TwiceDifferentiable, point: Arrival, size: number): CriticalKind {
  const eigenvalues = point.model.curvatures;
  if (eigenvalues.some((_, k) => !isSure(f, point, k, size))) return "degenerate";
  if (eigenvalues[0] > 0) return "minimum";
  return eigenvalues[eigenvalues.length - 1] < 0 ? "maximum" : "saddle";
}

/**
 * Whether an eigenvalue's sign is certain: it is well above rounding, and a short way off on either side the curvature along
 * its eigenvector changes by at most half. (Near 0, the curvature of x³ and x⁴ is not zero either, but changes by much more.)
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
