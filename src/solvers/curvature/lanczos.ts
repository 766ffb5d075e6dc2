import { norm, type SymmetricEigen } from "../../linalg/index.ts";
import type { AsyncObjective, Objective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type Computation, finish, finishAsync } from "../run/computation.ts";
import { Evaluator } from "../run/evaluator.ts";
import { between, checkSettings, count } from "../solver-settings.ts";
import { checkStart } from "./start.ts";
import { basisTypes, Tridiagonal } from "./tridiagonal.ts";

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
  /** Which ends must be found that accurately; the other is only as accurate as it happens to be. Default "both". */
  readonly ends?: "both" | "largest" | "smallest";
  /** The first vector, n values, such as a sum of eigenvectors at a point nearby. Default: a random one. */
  readonly start?: Float64Array;
  /**
   * How the vectors are kept, n values for each product: "f32" takes half the memory and is accurate to 7 digits.
   * Default "f64".
   */
  readonly basis?: (typeof basisTypes)[number];
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

/** What was found, or an error if a product of the Hessian was not finite. */
export function requireFinite<T>(found: T | null): T {
  if (found === null) throw new RangeError("a product of the Hessian with a vector is not finite; start elsewhere");
  return found;
}

const ends = ["both", "largest", "smallest"] as const;

/** The computation itself, which counts its products in the evaluator; null if a product is not finite. */
export function* lanczos(f: Evaluator, x: Float64Array, options: EigenOptions): Computation<ExtremeEigenvalues | null> {
  const { start, ...others } = options;
  const defaults = { count: 1, steps: 100, accuracy: 1e-8, seed: 1, ends: "both", basis: "f64" };
  const allowed = { count, steps: count, accuracy: between, seed: count, ends, basis: basisTypes };
  const settings = checkSettings("extreme eigenvalues", defaults, others, allowed);
  const random = new Random(settings.seed, "lanczos");
  const space = new Tridiagonal(settings.basis);
  const draw = (): Float64Array => space.outside(Float64Array.from(x, () => random.normal()));
  const steps = Math.min(settings.steps, x.length);
  const interval = start === undefined && x.length < LARGE ? CHECK_INTERVAL : 1;
  let next = start === undefined ? draw() : checkStart("extreme eigenvalues", start, x.length);
  for (let k = 1; ; k++) {
    const outside = yield* space.extend(f, x, next);
    if (outside === null) return null;
    const rest = norm(outside);
    if (k >= steps || k % interval === 0) {
      const eigen = space.eigen();
      if (eigen === null) return null;
      const found = endsOf(eigen, rest, Math.min(settings.count, k), settings.ends);
      const enough = k >= 2 * settings.count && found.residual <= settings.accuracy * space.size;
      if (k >= steps || enough) return pairsOf(space, eigen, found);
    }
    // If the vectors span a space that the Hessian maps into itself, continue with a random vector outside it.
    next = space.join(rest) ? outside : draw();
  }
}

/** Steps between two convergence checks: the small matrix's eigenvalues take time themselves, */
const CHECK_INTERVAL = 4;
/** but with so many variables less than a product; and from a good start few steps are enough. */
const LARGE = 10_000;

/** The eigenvalues at both ends by their numbers, the bounds on their errors, and the largest that matters. */
interface Ends {
  readonly largest: readonly number[];
  readonly smallest: readonly number[];
  readonly bound: (i: number) => number;
  readonly residual: number;
}

/** `rest` is the off-diagonal entry after the last row, which bounds the errors. */
function endsOf({ values, vectors }: SymmetricEigen, rest: number, wanted: number, which: string): Ends {
  const k = values.length;
  const bound = (i: number): number => rest * Math.abs(vectors[i * k + k - 1]);
  const smallest = Array.from({ length: wanted }, (_, i) => i);
  const largest = smallest.map((i) => k - 1 - i);
  const needed = [...(which === "smallest" ? [] : largest), ...(which === "largest" ? [] : smallest)];
  return { largest, smallest, bound, residual: Math.max(...needed.map(bound)) };
}

function pairsOf(space: Tridiagonal, { values, vectors }: SymmetricEigen, ends: Ends): ExtremeEigenvalues {
  const k = values.length;
  const pair = (i: number): EigenPair => ({
    value: values[i],
    vector: space.combine(vectors.subarray(i * k, (i + 1) * k)),
    residual: ends.bound(i),
  });
  return { largest: ends.largest.map(pair), smallest: ends.smallest.map(pair), products: k };
}
