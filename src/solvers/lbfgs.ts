import { addScaled, dot, norm } from "../linalg/index.ts";
import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { solver } from "./solver.ts";
import { checkSettings, count } from "./solver-settings.ts";

const settings = { memory: 10 };
const allowed = { memory: count };

/** A step's correction pair: s = x₊ − x, y = g₊ − g, and yᵀs. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly ys: number;
}

interface Memory {
  /** The oldest first. */
  pairs: readonly Pair[];
}

/**
 * BFGS from the last `memory` steps only: d = −Hg by two loops over them, without a matrix. Nocedal 1980, Updating
 * quasi-Newton matrices with limited storage; Nocedal & Wright 2006, algorithm 7.4. The recursion starts from the last
 * step's yᵀs/yᵀy times the identity. A step without positive curvature, beyond rounding, is not kept.
 */
export function lbfgsDirection(options: { readonly memory?: number } = {}): Direction<Memory> {
  const { memory: most } = checkSettings("L-BFGS", settings, options, allowed);
  return {
    name: "L-BFGS",
    needsOneOf: [],
    resumes: "rescaled",
    init: () => ({ pairs: [] }),
    direction: (_, { pairs }, { g }, d) => {
      for (let i = 0; i < g.length; i++) d[i] = -g[i];
      twoLoops(pairs, d);
      return undefined;
    },
    scaled: ({ pairs }) => pairs.length > 0,
    forget: (memory) => {
      memory.pairs = [];
    },
    learn: (memory, from, to) => {
      const s = to.x.map((x, i) => x - from.x[i]);
      const y = to.g.map((g, i) => g - from.g[i]);
      const ys = dot(y, s);
      if (ys > Number.EPSILON * norm(s) * norm(y) && ys * ys > 0)
        memory.pairs = [...memory.pairs, { s, y, ys }].slice(-most);
    },
  };
}

/** d ← Hd. */
function twoLoops(pairs: readonly Pair[], d: Float64Array): void {
  const alphas = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, ys } = pairs[k];
    alphas[k] = dot(s, d) / ys;
    addScaled(d, -alphas[k], y);
  }
  const last = pairs.at(-1);
  if (last === undefined) return;
  const scale = last.ys / dot(last.y, last.y);
  for (let i = 0; i < d.length; i++) d[i] *= scale;
  for (const [k, { s, y, ys }] of pairs.entries()) addScaled(d, alphas[k] - dot(y, d) / ys, s);
}

/**
 * BFGS with limited memory: each step rebuilds the approximation from the last few steps, so nets with many parameters can
 * use it, too.
 */
export const lbfgs = solver(
  {
    name: "lbfgs",
    title: "L-BFGS",
    formula: "d = −Hg, H from the last `memory` steps by two loops",
    symbols: "g is the gradient, d the direction and H an approximation of the inverse Hessian",
    source: "Nocedal 1980, Updating quasi-Newton matrices with limited storage",
    settings,
    meanings: { memory: "the number of last steps from which H is built" },
    allowed,
  },
  (given) => descent({ direction: lbfgsDirection(given), stepLength: strongWolfe() }),
);
