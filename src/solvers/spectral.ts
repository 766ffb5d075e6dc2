import { multiply, multiplyTransposed, symmetricEigen } from "../linalg/index.ts";

/**
 * A function near a point to second order, f + γᵀz + ½·Σ λₖzₖ², along the eigenvectors vₖ of the Hessian after scaling the variables by
 * their sizes: x + Σ zₖ·size ⊙ vₖ. Newton's methods only differ in z: −γ/λ with some safeguard.
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

/** The model from the Hessian and the gradient; null if the Hessian is not finite. Without sizes, variables are not scaled. */
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

/** Converts z to a step in x: Σ zₖ·size ⊙ vₖ. */
export function stepOf({ sizes, vectors }: SpectralModel, z: Float64Array): Float64Array {
  const n = sizes.length;
  return multiplyTransposed(vectors, n, n, z).map((change, j) => change * sizes[j]);
}
