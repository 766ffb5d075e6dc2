import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point, pointAt } from "../run/point.ts";
import { type SpectralModel, spectralModel } from "../spectral.ts";

/**
 * A function near a point to second order, with numbers measured by their sizes: so it does not depend on the parameters' units, and z
 * of length 1 changes them by about their size.
 */
export interface Curved extends SpectralModel {
  /** How exact the Hessian is, relative to its largest entries, */
  readonly sure: number;
  /** so that eigenvalues below this have no sure sign. */
  readonly unsure: number;
}

/** Variables up to which the Hessian is asked for, or made of its products with vectors; or else of differences of slopes. */
const MOST = { asked: 100, measured: 50 };

const isKnown = ({ objective: { hessian, hessianProduct } }: Evaluator): boolean =>
  hessian !== undefined || hessianProduct !== undefined;

/** Whether there are few enough variables. */
export const isAsked = (f: Evaluator): boolean => f.dimension <= (isKnown(f) ? MOST.asked : MOST.measured);

/** The curvature at a point; null where there are too many variables, or where it is not finite. */
export function* curvatureAt(f: Evaluator, here: Point): Computation<Curved | null> {
  if (!isAsked(f)) return null;
  const n = here.x.length;
  const known = isKnown(f);
  const h = new Float64Array(n * n);
  if (known) yield* f.hessian(here.x, h);
  else yield* differences(f, here, h);
  return h.every(Number.isFinite) ? curved(h, here, known ? 1e-12 : 1e-6) : null;
}

/** The change of a number, relative to it, over which slopes are compared. */
const DIFFERENCE = 1e-6;

/** The Hessian as (g(x + teⱼ) − g(x)) / t, made symmetric. */
function* differences(f: Evaluator, { x, g, value }: Point, h: Float64Array): Computation<void> {
  const n = x.length;
  const there = pointAt(x);
  for (let j = 0; j < n; j++) {
    const alone = Math.min(1, Math.abs(value / g[j]) || 1);
    there.x[j] = x[j] + DIFFERENCE * (x[j] || alone);
    yield* f.gradient(there.x, there.g);
    const t = there.x[j] - x[j];
    for (let i = 0; i < n; i++) h[i * n + j] = (there.g[i] - g[i]) / t;
    there.x[j] = x[j];
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) h[i * n + j] = h[j * n + i] = (h[i * n + j] + h[j * n + i]) / 2;
}

function curved(h: Float64Array, { x, g, value }: Point, sure: number): Curved | null {
  const n = x.length;
  const sizes = x.map((entry, j) => sizeOf(entry, g[j], h[j * n + j], value));
  const model = spectralModel(h, g, sizes);
  return model === null ? null : { ...model, sure, unsure: sure * largest(model.curvatures) };
}

/** |x|; or, up to 1, how far x has to go to change the value by itself, or to where its slope ends. */
function sizeOf(x: number, slope: number, curvature: number, value: number): number {
  const bend = Math.abs(curvature);
  const far = bend > 0 ? Math.max(Math.sqrt((2 * Math.abs(value)) / bend), Math.abs(slope) / bend) : 1;
  return Math.max(Math.abs(x), Math.min(1, far)) || 1;
}
