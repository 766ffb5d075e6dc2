import { multiplyTransposed, norm } from "../linalg/index.ts";
import type { Residuals } from "../objective/index.ts";
import { levenbergMarquardt, type OutcomeKind, solve } from "../solvers/index.ts";

/** The least and the greatest value of a parameter; infinite where there is none. */
export type CurveBound = readonly [low: number, high: number];

export interface Walked {
  readonly x: Float64Array;
  /** The sum of the squared residuals there. */
  readonly value: number;
  readonly outcome: OutcomeKind;
  readonly reason: string;
  readonly iterations: number;
  /** Parameters that stay at a bound since the loss falls beyond it. */
  readonly held: ReadonlySet<number>;
}

export interface WalkOptions {
  readonly maxIterations: number;
  readonly signal?: AbortSignal | undefined;
}

/** The most times that the set of held parameters may change. */
const ROUNDS = 30;
/** The cosine between the residuals and a column of the Jacobian below which a parameter's derivative counts as 0. */
const FLAT = 1e-9;

/**
 * Minimizes a sum of squares within bounds by Levenberg–Marquardt. The residuals are computed at the nearest point within the bounds, so
 * the formula is never evaluated outside of them, and a parameter that has left them does not count until the solver has converged. Then
 * those at a bound are held there exactly, and the rest is solved without them, until no held parameter would lower the loss by moving
 * inside (an active set method; Nocedal & Wright 2006, Numerical optimization, chapter 16.5).
 */
export function walkWithin(
  residuals: Residuals,
  bounds: readonly CurveBound[],
  start: Float64Array,
  options: WalkOptions,
): Walked {
  const x = clipped(start, bounds);
  let held = heldAt(residuals, bounds, x);
  let iterations = 0;
  for (let round = 0; ; round++) {
    const free = [...x.keys()].filter((j) => !held.has(j));
    const { outcome, reason, iterations: steps } = walkFree(residuals, bounds, x, free, options);
    iterations += steps;
    const next = heldAt(residuals, bounds, x);
    const isSame = next.size === held.size && [...next].every((j) => held.has(j));
    held = next;
    if (isSame || round === ROUNDS || outcome === "interrupted")
      return { x, value: sumAt(residuals, x), outcome, reason, iterations, held };
  }
}

/** Moves the free parameters of x to the solution with the others as they are. */
function walkFree(
  residuals: Residuals,
  bounds: readonly CurveBound[],
  x: Float64Array,
  free: readonly number[],
  { maxIterations, signal }: WalkOptions,
) {
  if (free.length === 0)
    return { outcome: "converged", reason: "every parameter is at a bound", iterations: 0 } as const;
  const part = only(residuals, bounds, x, free);
  const found = solve(part, {
    solver: levenbergMarquardt(),
    start: free.map((j) => x[j]),
    maxIterations,
    ...(signal && { signal }),
  });
  for (const [k, j] of free.entries()) x[j] = clip(found.x[k], bounds[j]);
  return found;
}

const clip = (value: number, [low, high]: CurveBound): number => Math.min(high, Math.max(low, value));

export const clipped = (x: ArrayLike<number>, bounds: readonly CurveBound[]): Float64Array =>
  Float64Array.from(bounds, (bound, j) => clip(x[j], bound));

/** The residuals as a function of some parameters, constant beyond their bounds. */
function only(given: Residuals, bounds: readonly CurveBound[], at: Float64Array, free: readonly number[]): Residuals {
  const [m, n, k] = [given.count, given.dimension, free.length];
  if (k === n && bounds.every(([low, high]) => low === -Infinity && high === Infinity)) return given;
  const x = at.slice();
  const all = new Float64Array(m * n);
  const place = (u: Float64Array): void => {
    for (let i = 0; i < k; i++) x[free[i]] = clip(u[i], bounds[free[i]]);
  };
  return {
    ...given,
    dimension: k,
    residuals: (u, r) => {
      place(u);
      given.residuals(x, r);
    },
    residualsAndJacobian: (u, r, jacobian) => {
      place(u);
      given.residualsAndJacobian(x, r, all);
      for (let i = 0; i < m; i++)
        for (let c = 0; c < k; c++) jacobian[i * k + c] = u[c] === x[free[c]] ? all[i * n + free[c]] : 0;
    },
  };
}

/** The parameters at a bound beyond which the loss would fall, or on which it does not depend. */
function heldAt(residuals: Residuals, bounds: readonly CurveBound[], x: Float64Array): Set<number> {
  const [m, n] = [residuals.count, residuals.dimension];
  const atBound = [...x.keys()].filter((j) => x[j] === bounds[j][0] || x[j] === bounds[j][1]);
  if (atBound.length === 0) return new Set();
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  residuals.residualsAndJacobian(x, r, jacobian);
  const gradient = multiplyTransposed(jacobian, m, n, r);
  return new Set(
    atBound.filter((j) => {
      const column = Float64Array.from(r, (_, i) => jacobian[i * n + j]);
      const slope = bounds[j][0] === bounds[j][1] ? 0 : gradient[j] * (x[j] === bounds[j][0] ? 1 : -1);
      return !(slope < -FLAT * norm(column) * norm(r));
    }),
  );
}

export function sumAt(residuals: Residuals, x: Float64Array): number {
  const r = new Float64Array(residuals.count);
  residuals.residuals(x, r);
  return r.reduce((sum, each) => sum + each * each, 0);
}
