import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point, pointAt } from "../run/point.ts";
import { type SpectralModel, spectralModel } from "../spectral.ts";

/**
 * A function near a point to second order, with the variables scaled by their sizes: so it does not depend on their units, and z of
 * length 1 changes them by about their size.
 */
export interface CurvatureModel extends SpectralModel {
  /** The Hessian's accuracy, relative to its largest entries, */
  readonly sure: number;
  /** so that the sign of an eigenvalue below this is uncertain. */
  readonly unsure: number;
}

/** The most variables for a Hessian from the objective or its Hessian-vector products, and for one from differences of gradients. */
const MOST = { exact: 100, differences: 50 };

const isKnown = ({ objective: { hessian, hessianProduct } }: Evaluator): boolean =>
  hessian !== undefined || hessianProduct !== undefined;

/** Whether there are few enough variables. */
export const isSmallEnough = (f: Evaluator): boolean => f.dimension <= (isKnown(f) ? MOST.exact : MOST.differences);

/** The curvature at a point; null if there are too many variables or it is not finite. */
export function* curvatureAt(f: Evaluator, here: Point): Computation<CurvatureModel | null> {
  if (!isSmallEnough(f)) return null;
  const n = here.x.length;
  const known = isKnown(f);
  const h = new Float64Array(n * n);
  if (known) yield* f.hessian(here.x, h);
  else yield* differences(f, here, h);
  return h.every(Number.isFinite) ? curved(h, here, known ? 1e-12 : 1e-6) : null;
}

/** The relative change of a variable for differences of gradients. */
const DIFFERENCE = 1e-6;

/** The Hessian as (g(x + teⱼ) − g(x)) / t, made symmetric. */
function* differences(f: Evaluator, { x, g, value }: Point, h: Float64Array): Computation<void> {
  const n = x.length;
  const there = pointAt(x);
  for (let j = 0; j < n; j++) {
    const reach = Math.min(1, Math.abs(value / g[j]) || 1);
    there.x[j] = x[j] + DIFFERENCE * (x[j] || reach);
    yield* f.gradient(there.x, there.g);
    const t = there.x[j] - x[j];
    for (let i = 0; i < n; i++) h[i * n + j] = (there.g[i] - g[i]) / t;
    there.x[j] = x[j];
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) h[i * n + j] = h[j * n + i] = (h[i * n + j] + h[j * n + i]) / 2;
}

function curved(h: Float64Array, { x, g, value }: Point, sure: number): CurvatureModel | null {
  const n = x.length;
  const sizes = x.map((entry, j) => sizeOf(entry, g[j], h[j * n + j], value));
  const model = spectralModel(h, g, sizes);
  return model === null ? null : { ...model, sure, unsure: sure * largest(model.curvatures) };
}

/** |x|; or, if larger, the step in x, at most 1, that changes the value by its own size or brings the slope to 0. */
function sizeOf(x: number, slope: number, curvature: number, value: number): number {
  const bend = Math.abs(curvature);
  const far = bend > 0 ? Math.max(Math.sqrt((2 * Math.abs(value)) / bend), Math.abs(slope) / bend) : 1;
  return Math.max(Math.abs(x), Math.min(1, far)) || 1;
}
