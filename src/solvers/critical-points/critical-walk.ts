import { addScaled, norm } from "../../linalg/index.ts";
import type { TwiceDifferentiable } from "../../objective/index.ts";
import { type SpectralModel, spectralModel, stepOf } from "../spectral.ts";

/** Where a walk to a point of zero gradient has come. */
export interface Arrival {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  /** The function there to second order: eigenvalues and eigenvectors of the Hessian. */
  readonly model: SpectralModel;
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

/** What is to know at a point; `null` where a number is not finite. */
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
