import { dot, norm } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Point } from "../point.ts";

/**
 * d = −Hg, with H, an approximation of the inverse Hessian, learnt from each step s = x₊ − x, y = g₊ − g:
 *
 *     H ← (I − ρsyᵀ)·H·(I − ρysᵀ) + ρssᵀ,   ρ = 1/yᵀs.
 *
 * Broyden, Fletcher, Goldfarb and Shanno, each in 1970; Nocedal & Wright 2006, algorithm 6.1. Before the first update H
 * is yᵀs/yᵀy times the identity (their 6.20). A step without positive curvature, yᵀs ≤ 0 to rounding, ε·‖y‖‖s‖, teaches nothing.
 */
export const bfgs = (): Direction => ({
  name: "BFGS",
  needsOneOf: [],
  resumes: "rescaled",
  start: ({ dimension }) => new InverseHessian(dimension),
});

/** Variables: more take more than 200 MB for H. */
const MOST = 5000;

class InverseHessian implements Guide {
  readonly #n: number;
  readonly #h: Float64Array;
  readonly #s: Float64Array;
  readonly #y: Float64Array;
  readonly #hy: Float64Array;
  #learnt = false;

  constructor(n: number) {
    if (n > MOST)
      throw new RangeError(
        `bfgs keeps a matrix of ${n} × ${n} numbers, for at most ${MOST} variables; lbfgs gets by with a few vectors`,
      );
    this.#n = n;
    this.#h = new Float64Array(n * n);
    [this.#s, this.#y, this.#hy] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  }

  direction({ g }: Point, d: Float64Array): undefined {
    if (this.#learnt) this.#product(g, d, -1);
    else for (let i = 0; i < g.length; i++) d[i] = -g[i];
  }

  scaled(): boolean {
    return this.#learnt;
  }

  forget(): void {
    this.#learnt = false;
  }

  learn(from: Point, to: Point): void {
    const [s, y, hy, h, n] = [this.#s, this.#y, this.#hy, this.#h, this.#n];
    for (let i = 0; i < n; i++) {
      s[i] = to.x[i] - from.x[i];
      y[i] = to.g[i] - from.g[i];
    }
    const [ys, yy] = [dot(y, s), dot(y, y)];
    if (!(ys > Number.EPSILON * norm(s) * norm(y) && ys * ys > 0)) return;
    if (!this.#learnt) {
      h.fill(0);
      for (let i = 0; i < n; i++) h[i * n + i] = ys / yy;
      this.#learnt = true;
    }
    this.#product(y, hy, 1);
    const scale = (1 + dot(y, hy) / ys) / ys;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) h[i * n + j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / ys;
  }

  /** to ← sign·H·v. */
  #product(v: Float64Array, to: Float64Array, sign: number): void {
    const n = this.#n;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += this.#h[i * n + j] * v[j];
      to[i] = sign * sum;
    }
  }
}
