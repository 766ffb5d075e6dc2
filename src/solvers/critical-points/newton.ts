import { addScaled, norm, symmetricEigen } from "../../linalg/index.ts";
import type { CurvedObjective } from "../../objective/surface.ts";

/** Where a walk to a point of zero gradient has come. */
export interface Arrival {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly gradientNorm: number;
  /** The Hessian's eigenvalues there, ascending, and its eigenvectors, row by row. */
  readonly eigenvalues: Float64Array;
  readonly eigenvectors: Float64Array;
  /** The length of the full Newton step from there: about how far the critical point is. */
  readonly distance: number;
}

export interface NewtonOptions {
  /** The most steps to take. */
  readonly steps: number;
  /** The longest step that may be taken. */
  readonly longest: number;
  /** How far from the start's domain a walk may go: asked of every point. */
  inside(w: Float64Array): boolean;
}

/** Damping, as a part of λ²max, beyond which no step is long enough to matter. */
const MOST_DAMPING = 1e8;
const LEAST_DAMPING = 1e-8;
/** A walk whose gradient has not halved in so many steps is in a valley of ‖∇f‖ without a critical point. */
const PATIENCE = 20;
/** Eigenvalues below this part of the largest count as zero: rounding has made them. */
const SINGULAR = 1e-13;

/**
 * Walks to where the gradient vanishes, be it a minimum, a maximum or a saddle: Levenberg's damped Newton method on
 * ∇f = 0,
 *
 *     p = −(H² + μI)⁻¹ H∇f,
 *
 * with μ raised until ‖∇f‖ falls, and lowered when it does. The Hessian's eigenvectors make it a division for each, and
 * with μ = 0 it is the pseudo-inverse's step, so a singular Hessian is no obstacle. `null` where the walk leaves, or the
 * numbers are not finite. Dennis & Schnabel 1983, Numerical methods for unconstrained optimization, chapter 6.
 */
export function walkToCritical(f: CurvedObjective, start: Float64Array, options: NewtonOptions): Arrival | null {
  let here = arrive(f, start);
  let damping = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let step = 0; here !== null && step < options.steps; step++) {
    if (step % PATIENCE === 0) {
      if (here.gradientNorm > before / 2) return here;
      before = here.gradientNorm;
    }
    if (here.distance <= 1e-15 * (1 + norm(here.at))) return here;
    const there = tryStep(f, here, damping, options);
    if (there !== null && there.gradientNorm < here.gradientNorm) {
      if (!options.inside(there.at)) return null;
      here = there;
      damping = damping <= LEAST_DAMPING ? 0 : damping / 10;
    } else if (damping > MOST_DAMPING) return here;
    else damping = Math.max(LEAST_DAMPING, damping * 10);
  }
  return here;
}

function tryStep(f: CurvedObjective, here: Arrival, damping: number, { longest }: NewtonOptions): Arrival | null {
  const p = newtonStep(here.eigenvalues, here.eigenvectors, here.gradient, damping);
  const length = norm(p);
  const next = here.at.slice();
  addScaled(next, length > longest ? longest / length : 1, p);
  return arrive(f, next);
}

/** What is to know at a point; `null` where a number is not finite. */
export function arrive(f: CurvedObjective, at: Float64Array): Arrival | null {
  const n = f.dimension;
  const [gradient, h] = [new Float64Array(n), new Float64Array(n * n)];
  const value = f.valueGradientHessian(at, gradient, h);
  const gradientNorm = norm(gradient);
  const eigen = symmetricEigen(h, n);
  if (!Number.isFinite(value) || !Number.isFinite(gradientNorm) || eigen === null) return null;
  const { values: eigenvalues, vectors: eigenvectors } = eigen;
  const distance = norm(newtonStep(eigenvalues, eigenvectors, gradient, 0));
  return { at, value, gradient, gradientNorm, eigenvalues, eigenvectors, distance };
}

/** −Σ λ(vᵀg)/(λ² + μ)·v over the eigenvectors, μ given as a part of the largest λ². */
function newtonStep(values: Float64Array, vectors: Float64Array, g: Float64Array, damping: number): Float64Array {
  const n = g.length;
  const p = new Float64Array(n);
  const largest = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  for (let k = 0; k < n; k++) {
    const lambda = values[k];
    if (Math.abs(lambda) <= SINGULAR * largest) continue;
    const v = vectors.subarray(k * n, (k + 1) * n);
    // Divided by the largest eigenvalue first, so that squares neither overflow nor vanish.
    const part = lambda / largest;
    let along = 0;
    for (let i = 0; i < n; i++) along += v[i] * g[i];
    addScaled(p, (-along / largest) * (part / (part * part + damping)), v);
  }
  return p;
}
