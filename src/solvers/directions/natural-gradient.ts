import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import { checkSettings, count, positive } from "../settings.ts";
import type { Solving } from "../solving.ts";
import { Damping } from "./damping.ts";
import { type Product, solveByCG } from "./newton-cg.ts";

/**
 * d = −(F + λI)⁻¹g, the steepest direction where steps are measured by how much they change the distribution that the net
 * stands for: F is its Fisher matrix, which for the usual losses is the Gauss–Newton matrix. By conjugate gradients on
 * products with vectors. Amari 1998, Natural gradient works efficiently in learning; Martens 2010. λ adapts itself.
 */
export function naturalGradient(options: { readonly damping?: number; readonly products?: number } = {}): Direction {
  const defaults = { damping: 1, products: 50 };
  const settings = checkSettings("natural gradient", defaults, options, { damping: positive, products: count });
  return {
    name: "natural gradient",
    needsOneOf: ["gaussNewtonProduct"],
    resumes: "as before",
    start: (f) => new Natural(f, settings.damping, settings.products),
  };
}

class Natural implements Guide {
  readonly #f: Evaluator;
  readonly #damping: Damping;
  readonly #most: number;
  #slope = 0;
  #d: Float64Array;

  constructor(f: Evaluator, damping: number, most: number) {
    this.#f = f;
    this.#damping = new Damping(damping);
    this.#most = most;
    this.#d = new Float64Array(f.dimension);
  }

  *direction({ x, g }: Point, d: Float64Array) {
    const [f, damping] = [this.#f, this.#damping.value];
    const product: Product = function* (v, to): Solving<void> {
      yield* f.gaussNewtonProduct(x, v, to);
      addScaled(to, damping, v);
    };
    const length = norm(g);
    yield* solveByCG(product, g, d, { residual: Math.min(0.5, Math.sqrt(length)) * length, most: this.#most });
    this.#d.set(d);
    this.#slope = dot(g, d);
    return undefined;
  }

  scaled(): boolean {
    return true;
  }

  learn(from: Point, to: Point): void {
    this.#damping.adapt(from.value - to.value, promisedBy(this.#slope, lengthAlong(from, to, this.#d)));
  }
}

/** α of the step from one point to another along d. */
export function lengthAlong(from: Point, to: Point, d: Float64Array): number {
  let [along, square] = [0, 0];
  for (let i = 0; i < d.length; i++) {
    along += (to.x[i] - from.x[i]) * d[i];
    square += d[i] * d[i];
  }
  return along / square;
}

/** The decrease that the model gᵀd·α + ½·dᵀ(G + λI)d·α² promises; where (G + λI)d = −g it is −gᵀd·(α − α²/2). */
export const promisedBy = (slope: number, alpha: number): number => -slope * (alpha - (alpha * alpha) / 2);
