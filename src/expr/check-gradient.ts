import type { NDArray } from "./array.ts";
import { toArray } from "./array.ts";
import { evaluate, evaluateScalar, type Feeds } from "./evaluate.ts";
import { grad } from "./grad.ts";
import type { Expr, Input } from "./node.ts";

/** The largest difference between a gradient and finite differences. */
export interface GradientCheck {
  /** Largest |analytic − numeric| / max(1, |analytic|, |numeric|) over all elements. */
  readonly error: number;
  /** The name of the input where it occurs. */
  readonly input: string;
  /** The row-major index of the element there. */
  readonly element: number;
  /** The derivative by `grad`. */
  readonly analytic: number;
  /** The derivative by central differences. */
  readonly numeric: number;
}

/**
 * Compares `grad` with central differences (f(x + h) − f(x − h)) / 2h at the given point, element by element;
 * h is `step` times max(1, |x|). An error near 1e-8 is what float64 allows for smooth functions.
 */
export function checkGradient(loss: Expr, wrt: readonly Input[], feeds: Feeds, step = 6e-6): GradientCheck {
  const analytic = evaluate(grad(loss, wrt), feeds);
  let worst: GradientCheck = { error: 0, input: wrt[0]?.name ?? "", element: 0, analytic: 0, numeric: 0 };
  for (const [i, x] of wrt.entries())
    for (const [element, a] of analytic[i].data.entries()) {
      const numeric = centralDifference(loss, x, element, feeds, step);
      const error = Math.abs(a - numeric) / Math.max(1, Math.abs(a), Math.abs(numeric));
      if (error > worst.error || Number.isNaN(error))
        worst = {
          error: Number.isNaN(error) ? Number.POSITIVE_INFINITY : error,
          input: x.name,
          element,
          analytic: a,
          numeric,
        };
    }
  return worst;
}

function centralDifference(loss: Expr, x: Input, element: number, feeds: Feeds, step: number): number {
  const point = toArray(feeds[x.name], x.shape, `input ${x.name}`);
  const h = step * Math.max(1, Math.abs(point.data[element]));
  const at = (offset: number): number => evaluateScalar(loss, { ...feeds, [x.name]: moved(point, element, offset) });
  return (at(h) - at(-h)) / (2 * h);
}

function moved(point: NDArray, element: number, offset: number): NDArray {
  const data = point.data.slice();
  data[element] += offset;
  return { shape: point.shape, data };
}
