import { dot, symmetricEigen } from "../linalg/index.ts";
import type { Evaluator } from "./evaluator.ts";
import { ahead, largest } from "./point.ts";
import type { Solver } from "./solver.ts";
import type { Iteration, Solving } from "./solving.ts";

/**
 * A solver that does not end at a saddle, nor at a maximum, however exactly it came there: where the slope is all but
 * zero and the Hessian has a negative eigenvalue λ, it goes on from a lower point along λ's eigenvector. Nocedal & Wright
 * 2006, section 3.4, on directions of negative curvature. The Hessian is asked for once more at the end of each search.
 */
export const leavingSaddles = (solver: Omit<Solver, "name">): Omit<Solver, "name"> => ({
  ...solver,
  run: function* (f, start) {
    let taken = 0;
    let size = Number.POSITIVE_INFINITY;
    for (let from = start; ; ) {
      const search = solver.run(f, from);
      for (let lower: Float64Array | null = null; lower === null; ) {
        const { done, value } = search.next();
        if (done) return value;
        if (value instanceof Promise) yield value;
        else {
          const here = { ...value, index: taken + value.index };
          if (here.index === 0) size = Math.abs(here.value);
          lower = isFlat(here, size) ? yield* below(f, here) : null;
          yield lower === null ? here : { ...here, saddle: true };
          if (lower !== null) [from, taken] = [lower, here.index + 1];
        }
      }
    }
  },
});

/** Slopes below this part of the value, now or at the start, are looked at as zero: all that a search can end at, and more. */
const FLAT = 1e-7;

const isFlat = ({ g, value }: Iteration, size: number): boolean =>
  largest(g) <= FLAT * Math.max(1, Math.min(size, Math.abs(value)));

/** Eigenvalues below this part of the largest one have no sure sign. */
const SURE = 1e-9;
/** The part of the decrease ½·|λ|·α² that a step has to bring. */
const ACCEPTED = 0.1;
const MOST_TRIES = 30;

/** A lower point along the most negative curvature; none where the curvature is nowhere negative, or too little to go by. */
function* below(f: Evaluator, { x, g, value }: Iteration): Solving<Float64Array | null> {
  const n = x.length;
  const h = new Float64Array(n * n);
  yield* f.hessian(x, h);
  const eigen = symmetricEigen(h, n);
  if (eigen === null || !(eigen.values[0] < -SURE * largest(eigen.values))) return null;
  const v = eigen.vectors.slice(0, n);
  if (dot(g, v) > 0) for (let i = 0; i < n; i++) v[i] = -v[i];
  const there = new Float64Array(n);
  for (let tries = 0, alpha = 0.1 * Math.max(1, largest(x)); tries < MOST_TRIES; tries++, alpha /= 4) {
    ahead(there, x, alpha, v);
    const wanted = -0.5 * ACCEPTED * eigen.values[0] * alpha * alpha;
    if (wanted <= Number.EPSILON * Math.max(1, Math.abs(value))) return null;
    const reached = yield* f.value(there);
    if (Number.isFinite(reached) && reached <= value - wanted) return there;
  }
  return null;
}
