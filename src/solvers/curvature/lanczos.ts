import { addScaled, dot, norm, symmetricEigen } from "../../linalg/index.ts";
import type { AsyncObjective, Objective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type Computation, finish, finishAsync } from "../run/computation.ts";
import { Evaluator } from "../run/evaluator.ts";
import { between, checkSettings, count } from "../solver-settings.ts";

/** How many extreme eigenvalues to find, and how accurately. */
export interface EigenOptions {
  /** How many to find at each end of the spectrum. Default 1. */
  readonly count?: number;
  /** The most Hessian-vector products. Default 100. */
  readonly steps?: number;
  /** An eigenvalue counts as found once ‖∇²f·v − λv‖ is at most this fraction of the largest |λ|. Default 1e-8. */
  readonly accuracy?: number;
  /** Seed of the first vector. Default 1. */
  readonly seed?: number;
}

/** An eigenvalue with its eigenvector. */
export interface EigenPair {
  /** λ. */
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
  /** A bound on ‖∇²f·v − λv‖: an eigenvalue of the Hessian lies within this distance of `value`. */
  readonly residual: number;
}

/** Eigenvalues at the ends of the Hessian's spectrum. */
export interface ExtremeEigenvalues {
  /** The largest first. */
  readonly largest: readonly EigenPair[];
  /** The smallest first; a negative one shows that the point is not a minimum. */
  readonly smallest: readonly EigenPair[];
  /** Hessian-vector products taken. */
  readonly products: number;
}

/**
 * The largest and smallest eigenvalues of a Hessian, from Hessian-vector products alone: in the space of v, ∇²f·v,
 * (∇²f)²v, … the Hessian becomes tridiagonal, and the extreme eigenvalues of that matrix soon approach those of the
 * Hessian. Each new vector is made orthogonal to all earlier ones, twice. Lanczos 1950; Golub & Van Loan 2013, chapter
 * 10. Throws a TypeError if the objective has no Hessian-vector products, and a RangeError if one is not finite.
 */
export const extremeEigenvalues = (
  objective: Objective,
  x: Float64Array,
  options: EigenOptions = {},
): ExtremeEigenvalues => requireFinite(finish(lanczos(new Evaluator(objective), x, options)));

/** `extremeEigenvalues` for objectives that return promises. */
export const extremeEigenvaluesAsync = async (
  objective: AsyncObjective,
  x: Float64Array,
  options: EigenOptions = {},
): Promise<ExtremeEigenvalues> => requireFinite(await finishAsync(lanczos(new Evaluator(objective), x, options)));

function requireFinite(found: ExtremeEigenvalues | null): ExtremeEigenvalues {
  if (found === null) throw new RangeError("a product of the Hessian with a vector is not finite; start elsewhere");
  return found;
}

/** A vector whose remainder is below this fraction of the largest entry is rounding. */
const NOTHING = 1e-12;

/** The computation itself, which counts its products in the evaluator; null if a product is not finite. */
export function* lanczos(f: Evaluator, x: Float64Array, options: EigenOptions): Computation<ExtremeEigenvalues | null> {
  const defaults = { count: 1, steps: 100, accuracy: 1e-8, seed: 1 };
  const allowed = { count, steps: count, accuracy: between, seed: count };
  const settings = checkSettings("extreme eigenvalues", defaults, options, allowed);
  const random = new Random(settings.seed, "lanczos");
  const tridiagonal = new Tridiagonal();
  const draw = (): Float64Array =>
    orthogonal(
      Float64Array.from(x, () => random.normal()),
      tridiagonal.basis,
    );
  const steps = Math.min(settings.steps, x.length);
  let next = draw();
  for (let k = 1; ; k++) {
    const length = norm(next);
    const v = next.map((entry) => entry / length);
    next = new Float64Array(x.length);
    yield* f.hessianProduct(x, v, next);
    if (!next.every(Number.isFinite)) return null;
    tridiagonal.add(v, dot(v, next));
    next = orthogonal(next, tridiagonal.basis);
    const rest = norm(next);
    // The small matrix's eigenvalues take time themselves, so they are computed only now and then.
    if (k >= steps || k % CHECK_INTERVAL === 0) {
      const found = tridiagonal.extremes(rest, Math.min(settings.count, k));
      if (found === null) return null;
      const enough = k >= 2 * settings.count && tridiagonal.isExact(found, settings.accuracy);
      if (k >= steps || enough) return found;
    }
    // If the vectors span a space that the Hessian maps into itself, continue with a random vector outside it.
    const ended = rest <= NOTHING * tridiagonal.size;
    tridiagonal.offDiagonal.push(ended ? 0 : rest);
    if (ended) next = draw();
  }
}

/** Steps between two convergence checks. */
const CHECK_INTERVAL = 4;

/** Removes from v its components along an orthonormal basis; twice, as one pass leaves rounding errors. */
function orthogonal(v: Float64Array, basis: readonly Float64Array[]): Float64Array {
  for (let pass = 0; pass < 2; pass++) for (const other of basis) addScaled(v, -dot(other, v), other);
  return v;
}

/** The Hessian in an orthonormal basis. */
class Tridiagonal {
  readonly basis: Float64Array[] = [];
  readonly #diagonal: number[] = [];
  readonly offDiagonal: number[] = [];

  add(v: Float64Array, curvature: number): void {
    this.basis.push(v);
    this.#diagonal.push(curvature);
  }

  /** The largest entry. */
  get size(): number {
    return Math.max(...this.#diagonal.map(Math.abs), ...this.offDiagonal);
  }

  isExact({ largest, smallest }: ExtremeEigenvalues, accuracy: number): boolean {
    return [...largest, ...smallest].every(({ residual }) => residual <= accuracy * this.size);
  }

  /** The eigenvalues at both ends; `rest` is the off-diagonal entry after the last row, which bounds their errors. Null on overflow. */
  extremes(rest: number, wanted: number): ExtremeEigenvalues | null {
    const k = this.#diagonal.length;
    const t = new Float64Array(k * k);
    for (let i = 0; i < k; i++) t[i * k + i] = this.#diagonal[i];
    for (let i = 0; i + 1 < k; i++) t[i * k + i + 1] = t[(i + 1) * k + i] = this.offDiagonal[i];
    const eigen = symmetricEigen(t, k);
    if (eigen === null) return null;
    const pair = (i: number): EigenPair => {
      const weights = eigen.vectors.subarray(i * k, (i + 1) * k);
      const vector = new Float64Array(this.basis[0].length);
      for (const [j, v] of this.basis.entries()) addScaled(vector, weights[j], v);
      return { value: eigen.values[i], vector, residual: rest * Math.abs(weights[k - 1]) };
    };
    const places = Array.from({ length: wanted }, (_, i) => i);
    return { largest: places.map((i) => pair(k - 1 - i)), smallest: places.map(pair), products: k };
  }
}
