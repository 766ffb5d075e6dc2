import { addScaled, dot } from "../../linalg/index.ts";
import type { SpectralModel } from "../spectral.ts";
import type { Computation } from "./computation.ts";
import { Evaluator } from "./evaluator.ts";
import { type Point, pointAt } from "./point.ts";

/**
 * Coordinates z with x = origin + Lz: a preconditioner for methods that depend on units or start from the identity. Nocedal &
 * Wright 2006, section 5.1.
 */
export interface Coordinates {
  readonly origin: Float64Array;
  /** The columns of L, and of the transpose of its inverse. */
  readonly columns: readonly Float64Array[];
  readonly duals: readonly Float64Array[];
}

/** Coordinates scaled by the variables' sizes: L = S. */
export function bySizes(origin: Float64Array, sizes: Float64Array): Coordinates {
  const diagonal = (entry: (size: number) => number) =>
    [...sizes].map((size, k) => origin.map((_, j) => (j === k ? entry(size) : 0)));
  return { origin: origin.slice(), columns: diagonal((size) => size), duals: diagonal((size) => 1 / size) };
}

/** Coordinates in which the curvature at the origin is 1 in every direction: L = S·V·|Λ|^(−½) with S∇²fS = VΛVᵀ. */
export function byCurvature(origin: Float64Array, { sizes, curvatures, slopes, vectors }: SpectralModel): Coordinates {
  const n = origin.length;
  const most = curvatures.reduce((best, value) => Math.max(best, Math.abs(value)), 0);
  const lengths = curvatures.map((curvature, k) => {
    const bend = Math.max(Math.abs(curvature), Math.abs(slopes[k]), FLATTEST * most);
    return bend > 0 ? 1 / Math.sqrt(bend) : 1;
  });
  const rows = [...lengths].map((length, k) => ({ length, v: vectors.subarray(k * n, (k + 1) * n) }));
  return {
    origin: origin.slice(),
    columns: rows.map(({ length, v }) => sizes.map((size, j) => size * v[j] * length)),
    duals: rows.map(({ length, v }) => sizes.map((size, j) => v[j] / (size * length))),
  };
}

/** x = origin + Lz. */
function toX({ origin, columns }: Coordinates, z: Float64Array, x: Float64Array): void {
  x.set(origin);
  addTransformed(columns, z, x);
}

/** x ← x + Lz. */
function addTransformed(columns: readonly Float64Array[], z: Float64Array, x: Float64Array): void {
  for (const [k, column] of columns.entries()) addScaled(x, z[k], column);
}

/** The gradient with respect to z: Lᵀg. */
function gradientInZ({ columns }: Coordinates, g: Float64Array, to: Float64Array): void {
  for (const [k, column] of columns.entries()) to[k] = dot(column, g);
}

/** The most variables that are scaled by their sizes. */
const MOST_MEASURED = 50;
/** Sizes that differ by less than this factor count as equal. */
const UNLIKE = 10;
/** Where a change of |x| along the gradient changes the value by less than this fraction, |x| is not a useful size. */
const FAINT = 1e-6;

/**
 * The variables' sizes at the start: |x|, or, where the value hardly changes with x on that scale, the step in x that changes the value
 * by its own size. Null if there are too many variables, or if the sizes differ little.
 */
export function* sizesAt(f: Evaluator, start: Float64Array): Computation<Float64Array | null> {
  // A net's parameters are all on one scale, since they start from random values.
  if (start.length > MOST_MEASURED || f.objective.kroneckerFactors !== undefined) return null;
  const { x, g } = pointAt(start);
  const value = yield* f.gradient(x, g);
  if (!Number.isFinite(value)) return null;
  const sizes = x.map((entry, j) => {
    const [size, slope] = [Math.abs(entry), Math.abs(g[j])];
    return size * slope > FAINT * Math.abs(value) ? size : Math.max(size, Math.min(1, Math.abs(value) / slope || 1));
  });
  return Math.max(...sizes) > UNLIKE * Math.min(...sizes) ? sizes : null;
}

/** Curvatures below this fraction of the largest are raised to it. */
const FLATTEST = 1e-16;

/** An objective in other coordinates. It shares the counts of the evaluator it wraps. */
export class TransformedEvaluator extends Evaluator {
  readonly #f: Evaluator;
  readonly #coordinates: Coordinates;
  /** The last point at which the gradient was computed. */
  readonly #z: Float64Array;
  readonly #x: Float64Array;
  readonly #g: Float64Array;
  readonly #aside: Float64Array;

  constructor(f: Evaluator, coordinates: Coordinates) {
    super(f.objective, f.counts);
    this.#f = f;
    this.#coordinates = coordinates;
    const n = f.dimension;
    this.#z = new Float64Array(n).fill(Number.NaN);
    [this.#x, this.#g, this.#aside] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  }

  override *value(z: Float64Array): Computation<number> {
    toX(this.#coordinates, z, this.#aside);
    return yield* this.#f.value(this.#aside);
  }

  override *gradient(z: Float64Array, g: Float64Array): Computation<number> {
    this.#z.set(z);
    toX(this.#coordinates, z, this.#x);
    const value = yield* this.#f.gradient(this.#x, this.#g);
    gradientInZ(this.#coordinates, this.#g, g);
    return g.every(Number.isFinite) ? value : Number.POSITIVE_INFINITY;
  }

  /** LᵀHL. */
  override *hessian(z: Float64Array, h: Float64Array): Computation<void> {
    const n = z.length;
    const x = new Float64Array(n);
    toX(this.#coordinates, z, x);
    const half = new Float64Array(n * n);
    yield* this.#f.hessian(x, half);
    // H is symmetric, so its rows are columns: HL by rows first, and then Lᵀ of that.
    const turned = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      gradientInZ(this.#coordinates, half.subarray(i * n, (i + 1) * n), turned.subarray(i * n, (i + 1) * n));
    const column = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) column[i] = turned[i * n + k];
      gradientInZ(this.#coordinates, column, h.subarray(k * n, (k + 1) * n));
    }
  }

  override *hessianProduct(z: Float64Array, v: Float64Array, to: Float64Array): Computation<void> {
    const x = new Float64Array(z.length);
    toX(this.#coordinates, z, x);
    const direction = new Float64Array(z.length);
    addTransformed(this.#coordinates.columns, v, direction);
    yield* this.#f.hessianProduct(x, direction, this.#aside);
    gradientInZ(this.#coordinates, this.#aside, to);
  }

  /** Converts a point from z to x. */
  toOriginal(here: Point): Point {
    const there = pointAt(here.x);
    there.value = here.value;
    if (here.x.every((entry, i) => entry === this.#z[i])) {
      there.x.set(this.#x);
      there.g.set(this.#g);
    } else {
      toX(this.#coordinates, here.x, there.x);
      for (const [k, dual] of this.#coordinates.duals.entries()) addScaled(there.g, here.g[k], dual);
    }
    return there;
  }
}
