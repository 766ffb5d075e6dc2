import { addScaled, norm } from "../../linalg/index.ts";
import type { TwiceDifferentiable } from "../../objective/index.ts";
import { type SpectralModel, spectralModel, stepOf } from "../spectral.ts";

/** Where a walk to a point of zero gradient stands. */
export interface Arrival {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  /** The function there to second order: eigenvalues and eigenvectors of the Hessian. */
  readonly model: SpectralModel;
  /** The length of the full Newton step from there: about the distance to the critical point. */
  readonly distance: number;
}

export interface NewtonOptions {
  /** The most steps. */
  readonly steps: number;
  /** The longest step allowed. */
  readonly longest: number;
  /** Whether a walk may go to this point; false ends it. */
  inside(w: Float64Array): boolean;
}

/** Damping as a fraction of λ²max; beyond this, steps are too short to matter. */
const MOST_DAMPING = 1e8;
const LEAST_DAMPING = 1e-8;
/** A walk whose gradient has not halved in this many steps is in a valley of ‖∇f‖ without a critical point. */
const PATIENCE = 20;
/** Eigenvalues below this fraction of the largest are rounding errors and count as zero. */
const SINGULAR = 1e-13;

/**
 * Walks to a point where the gradient vanishes, be it a minimum, a maximum or a saddle: Levenberg's damped Newton method
 * on ∇f = 0,
 *
 *     p = −(H² + μI)⁻¹ H∇f,
 *
 * with μ raised until ‖∇f‖ falls, and lowered when it does. In the Hessian's eigenvectors this takes one division each, and
 * for μ = 0 it is the pseudo-inverse's step, so a singular Hessian is no obstacle. `null` if the walk leaves the domain or
 * meets values that are not finite. Dennis & Schnabel 1983, Numerical methods for unconstrained optimization, chapter 6.
 */
export function walkToCritical(f: TwiceDifferentiable, start: Float64Array, options: NewtonOptions): Arrival | null {
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

function tryStep(f: TwiceDifferentiable, here: Arrival, damping: number, { longest }: NewtonOptions): Arrival | null {
  const p = newtonStep(here.model, damping);
  const length = norm(p);
  const next = here.at.slice();
  addScaled(next, length > longest ? longest / length : 1, p);
  return arrive(f, next);
}

/** The value, gradient and second-order model at a point; `null` if any of them is not finite. */
export function arrive(f: TwiceDifferentiable, at: Float64Array): Arrival | null {
  const n = f.dimension;
  const [gradient, h] = [new Float64Array(n), new Float64Array(n * n)];
  const value = f.gradient(at, gradient);
  const gradientNorm = norm(gradient);
  if (!Number.isFinite(value) || !Number.isFinite(gradientNorm)) return null;
  f.hessian(at, h);
  const model = spectralModel(h, gradient);
  return model && { at, value, gradientNorm, model, distance: norm(newtonStep(model, 0)) };
}

/** −Σ λγ/(λ² + μ)·v over the eigenvectors, μ given as a part of the largest λ². */
function newtonStep(model: SpectralModel, damping: number): Float64Array {
  const { curvatures, slopes } = model;
  const largest = Math.max(Math.abs(curvatures[0]), Math.abs(curvatures[curvatures.length - 1]));
  const z = slopes.map((along, k) => {
    if (Math.abs(curvatures[k]) <= SINGULAR * largest) return 0;
    // Divided by the largest eigenvalue first, so that squares neither overflow nor vanish.
    const part = curvatures[k] / largest;
    return (-along / largest) * (part / (part * part + damping));
  });
  return stepOf(model, z);
}
