import { dot, multiply, norm } from "../linalg/index.ts";
import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { solver } from "./solver.ts";

/** The most variables: beyond this, H takes more than 200 MB. */
const MOST = 5000;

interface Memory {
  /** n×n; null before the first update, and after a reset. */
  h: Float64Array | null;
}

/**
 * d = −Hg, with H, an approximation of the inverse Hessian, learnt from each step s = x₊ − x, y = g₊ − g:
 *
 *     H ← (I − ρsyᵀ)·H·(I − ρysᵀ) + ρssᵀ,   ρ = 1/yᵀs.
 *
 * Broyden, Fletcher, Goldfarb and Shanno, each in 1970; Nocedal & Wright 2006, algorithm 6.1. Before the first update H
 * is yᵀs/yᵀy times the identity (their 6.20). A step without positive curvature, yᵀs ≤ ε·‖y‖‖s‖, brings no update.
 */
export const bfgsDirection = (): Direction<Memory> => ({
  name: "BFGS",
  needsOneOf: [],
  resumes: "rescaled",
  init: ({ dimension: n }) => {
    if (n > MOST)
      throw new RangeError(
        `bfgs keeps a matrix of ${n} × ${n} entries; it takes at most ${MOST} variables; use lbfgs, which keeps a few vectors`,
      );
    return { h: null };
  },
  direction: (_, { h }, { g }, d) => {
    const hg = h === null ? g : multiply(h, g.length, g.length, g);
    for (let i = 0; i < g.length; i++) d[i] = -hg[i];
    return undefined;
  },
  scaled: ({ h }) => h !== null,
  forget: (memory) => {
    memory.h = null;
  },
  learn: (memory, from, to) => {
    const n = to.x.length;
    const s = to.x.map((x, i) => x - from.x[i]);
    const y = to.g.map((g, i) => g - from.g[i]);
    const [ys, yy] = [dot(y, s), dot(y, y)];
    if (!(ys > Number.EPSILON * norm(s) * norm(y) && ys * ys > 0)) return;
    memory.h ??= identity(n, ys / yy);
    const { h } = memory;
    const hy = multiply(h, n, n, y);
    const scale = (1 + dot(y, hy) / ys) / ys;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) h[i * n + j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / ys;
  },
});

/** `scale` times the identity. */
function identity(n: number, scale: number): Float64Array {
  const h = new Float64Array(n * n);
  for (let i = 0; i < n; i++) h[i * n + i] = scale;
  return h;
}

/**
 * A quasi-Newton method: it approximates the inverse Hessian, and updates it from the change of the gradient in each step.
 * It stores n² values, so it suits up to a few thousand variables.
 */
export const bfgs = solver(
  {
    name: "bfgs",
    title: "BFGS",
    formula: "d = −Hg, H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs",
    symbols:
      "g is the gradient, d the direction and H an approximation of the inverse Hessian; s is the last step, y the change of the gradient in it",
    source: "Broyden 1970; Fletcher 1970; Goldfarb 1970; Shanno 1970",
    settings: {},
    meanings: {},
  },
  () => descent({ direction: bfgsDirection(), stepLength: strongWolfe() }),
);
