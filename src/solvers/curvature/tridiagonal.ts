import { addScaled, dot, norm, type SymmetricEigen, symmetricEigen } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";

/** How the vectors of a basis are kept: in float32 they take half the memory, and are orthogonal to 7 digits. */
export const basisTypes = ["f64", "f32"] as const;

/** A vector whose remainder is below this fraction of the largest entry is rounding. */
const NOTHING = 1e-12;

/**
 * The Hessian in an orthonormal basis that is extended vector by vector: each is what the last one's product with the
 * Hessian has outside the earlier ones, so that the Hessian becomes tridiagonal. Each new vector is made orthogonal to
 * all earlier ones, twice. Lanczos 1950; Golub & Van Loan 2013, chapter 10.
 */
export class Tridiagonal {
  readonly basis: (Float64Array | Float32Array)[] = [];
  readonly #diagonal: number[] = [];
  readonly #offDiagonal: number[] = [];
  readonly #isSingle: boolean;

  /** `type`: one of `basisTypes`. */
  constructor(type = "f64") {
    this.#isSingle = type === "f32";
  }

  /** The number of vectors. */
  get count(): number {
    return this.basis.length;
  }

  /** The largest entry. */
  get size(): number {
    return Math.max(...this.#diagonal.map(Math.abs), ...this.#offDiagonal);
  }

  /** Adds v, made one unit long; returns what ∇²f·v has outside the basis, n values, or null if a product is not finite. */
  *extend(f: Evaluator, x: Float64Array, v: Float64Array): Computation<Float64Array | null> {
    const length = norm(v);
    const unit = v.map((entry) => entry / length);
    const product = new Float64Array(x.length);
    yield* f.hessianProduct(x, unit, product);
    if (!product.every(Number.isFinite)) return null;
    this.basis.push(this.#isSingle ? Float32Array.from(unit) : unit);
    this.#diagonal.push(dot(unit, product));
    return this.outside(product);
  }

  /**
   * Joins the last vector to the next one, of this length before it is made a unit long. False if that is nothing but
   * rounding: then the vectors span a space that the Hessian maps into itself.
   */
  join(length: number): boolean {
    const isMore = length > NOTHING * this.size;
    this.#offDiagonal.push(isMore ? length : 0);
    return isMore;
  }

  /** Removes from v its components along the basis, in place; twice, as one pass leaves rounding errors. */
  outside(v: Float64Array): Float64Array {
    for (let pass = 0; pass < 2; pass++) for (const other of this.basis) addScaled(v, -dot(v, other), other);
    return v;
  }

  /** Eigenvalues and eigenvectors of the small matrix; null on overflow. */
  eigen(): SymmetricEigen | null {
    const k = this.#diagonal.length;
    const t = new Float64Array(k * k);
    for (let i = 0; i < k; i++) t[i * k + i] = this.#diagonal[i];
    for (let i = 0; i + 1 < k; i++) t[i * k + i + 1] = t[(i + 1) * k + i] = this.#offDiagonal[i];
    return symmetricEigen(t, k);
  }

  /** Σ weightⱼ·basisⱼ, n values. */
  combine(weights: ArrayLike<number>): Float64Array {
    const sum = new Float64Array(this.basis[0].length);
    for (const [j, v] of this.basis.entries()) addScaled(sum, weights[j], v);
    return sum;
  }
}
