import { multiply, multiplyTransposed, symmetricEigen } from "../linalg/index.ts";

/**
 * A function near a point to second order, f + γᵀz + ½·Σ λₖzₖ², along the eigenvectors of the Hessian of numbers that are measured by
 * their sizes: x + Σ zₖ·size ⊙ vₖ. Newton's steps differ in z alone: γ/λ with what keeps it safe.
 */
export interface SpectralModel {
  readonly sizes: Float64Array;
  /** λ, the least first. */
  readonly curvatures: Float64Array;
  /** γ. */
  readonly slopes: Float64Array;
  /** n×n; row k is the eigenvector of λₖ. */
  readonly vectors: Float64Array;
}

/** The model from Hessian and gradient; null where the Hessian is not finite. Without sizes each number counts as it is. */
export function spectralModel(
  h: Float64Array,
  g: Float64Array,
  sizes: Float64Array = new Float64Array(g.length).fill(1),
): SpectralModel | null {
  const n = g.length;
  const scaled = h.map((entry, at) => entry * sizes[at % n] * sizes[Math.floor(at / n)]);
  const eigen = scaled.every(Number.isFinite) ? symmetricEigen(scaled, n) : null;
  if (eigen === null) return null;
  const { values: curvatures, vectors } = eigen;
  const along = g.map((slope, j) => slope * sizes[j]);
  return { sizes, curvatures, vectors, slopes: multiply(vectors, n, n, along) };
}

/** The step that z stands for: Σ zₖ·size ⊙ vₖ. */
export function stepOf({ sizes, vectors }: SpectralModel, z: Float64Array): Float64Array {
  const n = sizes.length;
  return multiplyTransposed(vectors, n, n, z).map((change, j) => change * sizes[j]);
}
