import { addScaled, dot, norm, symmetricEigen } from "../../linalg/index.ts";
import type { AsyncObjective, Objective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type Computation, finish, finishAsync } from "../run/computation.ts";
import { Evaluator } from "../run/evaluator.ts";
import { between, checkSettings, count } from "../settings.ts";

/** How long extreme eigenvalues are searched for. */
export interface EigenOptions {
  /** How many to find at the upper end, and as many at the lower. Default 1. */
  readonly count?: number;
  /** The most products with the Hessian. Default 100. */
  readonly steps?: number;
  /** ‖∇²f·v − λv‖ relative to the largest |λ| at which an eigenvalue counts as found. Default 1e-8. */
  readonly accuracy?: number;
  /** Decides the first vector. Default 1. */
  readonly seed?: number;
}

/** An eigenvalue with its eigenvector. */
export interface EigenPair {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
  /** A bound on ‖∇²f·v − λv‖: an eigenvalue lies within this of the value. */
  readonly residual: number;
}

/** Eigenvalues at the ends of the Hessian's spectrum. */
export interface ExtremeEigenvalues {
  /** The largest first. */
  readonly largest: readonly EigenPair[];
  /** The smallest first: negative ones tell that the point is no minimum. */
  readonly smallest: readonly EigenPair[];
  /** Products with the Hessian. */
  readonly products: number;
}

/**
 * The largest and smallest eigenvalues of a Hessian by products with vectors alone: in the space of v, ∇²f·v, (∇²f)²v, …
 * the Hessian becomes tridiagonal, and that matrix's extreme eigenvalues are soon those of the Hessian. Every new vector
 * is made orthogonal to all before, twice. Lanczos 1950; Golub & Van Loan 2013, chapter 10.
 */
export const extremeEigenvalues = (
  objective: Objective,
  x: Float64Array,
  options: EigenOptions = {},
): ExtremeEigenvalues => finite(finish(lanczos(new Evaluator(objective), x, options)));

/** The same for objectives that answer with promises. */
export const extremeEigenvaluesAsync = async (
  objective: AsyncObjective,
  x: Float64Array,
  options: EigenOptions = {},
): Promise<ExtremeEigenvalues> => finite(await finishAsync(lanczos(new Evaluator(objective), x, options)));

function finite(found: ExtremeEigenvalues | null): ExtremeEigenvalues {
  if (found === null) throw new RangeError("the Hessian's products with vectors are not finite");
  return found;
}

/** Below this part of the largest entry, what is left of a vector is rounding. */
const NOTHING = 1e-12;

/** The same for whoever counts what is asked; null where a product is not finite. */
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
    // The eigenvalues of the small matrix take a while themselves: they are looked at now and then.
    if (k >= steps || k % LOOK === 0) {
      const found = tridiagonal.ends(rest, Math.min(settings.count, k));
      if (found === null) return null;
      const enough = k >= 2 * settings.count && tridiagonal.isExact(found, settings.accuracy);
      if (k >= steps || enough) return found;
    }
    // Where the vectors span a space that the Hessian maps into itself, a vector from outside goes on.
    const ended = rest <= NOTHING * tridiagonal.size;
    tridiagonal.beside.push(ended ? 0 : rest);
    if (ended) next = draw();
  }
}

/** Steps between two looks. */
const LOOK = 4;

/** v without its parts along an orthonormal basis; twice, as once leaves rounding behind. */
function orthogonal(v: Float64Array, basis: readonly Float64Array[]): Float64Array {
  for (let pass = 0; pass < 2; pass++) for (const other of basis) addScaled(v, -dot(other, v), other);
  return v;
}

/** The Hessian in an orthonormal basis. */
class Tridiagonal {
  readonly basis: Float64Array[] = [];
  readonly #diagonal: number[] = [];
  readonly beside: number[] = [];

  add(v: Float64Array, curvature: number): void {
    this.basis.push(v);
    this.#diagonal.push(curvature);
  }

  /** The largest entry. */
  get size(): number {
    return Math.max(...this.#diagonal.map(Math.abs), ...this.beside);
  }

  isExact({ largest, smallest }: ExtremeEigenvalues, accuracy: number): boolean {
    return [...largest, ...smallest].every(({ residual }) => residual <= accuracy * this.size);
  }

  /** The eigenvalues at both ends; `rest` is the entry beside the last row, which bounds their errors. Null where numbers overflow. */
  ends(rest: number, wanted: number): ExtremeEigenvalues | null {
    const k = this.#diagonal.length;
    const t = new Float64Array(k * k);
    for (let i = 0; i < k; i++) t[i * k + i] = this.#diagonal[i];
    for (let i = 0; i + 1 < k; i++) t[i * k + i + 1] = t[(i + 1) * k + i] = this.beside[i];
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
