import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Point } from "../point.ts";
import { checkSettings, count } from "../settings.ts";

/**
 * BFGS from the last `memory` steps alone: d = −Hg by two loops over them, without a matrix. Nocedal 1980, Updating
 * quasi-Newton matrices with limited storage; Nocedal & Wright 2006, algorithm 7.4. The recursion starts from yᵀs/yᵀy
 * times the identity, of the last step. A step without positive curvature, beyond rounding, is not kept.
 */
export function lbfgs(options: { readonly memory?: number } = {}): Direction {
  const { memory } = checkSettings("L-BFGS", { memory: 10 }, options, { memory: count });
  return { name: "L-BFGS", needsOneOf: [], resumes: "rescaled", start: () => new TwoLoops(memory) };
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly ys: number;
  /** α of the first loop. */
  alpha: number;
}

class TwoLoops implements Guide {
  readonly #memory: number;
  /** The oldest first. */
  readonly #pairs: Pair[] = [];

  constructor(memory: number) {
    this.#memory = memory;
  }

  direction({ g }: Point, d: Float64Array): undefined {
    for (let i = 0; i < g.length; i++) d[i] = -g[i];
    for (const pair of this.#pairs.toReversed()) {
      pair.alpha = dot(pair.s, d) / pair.ys;
      addScaled(d, -pair.alpha, pair.y);
    }
    const last = this.#pairs.at(-1);
    if (last === undefined) return;
    const scale = last.ys / dot(last.y, last.y);
    for (let i = 0; i < d.length; i++) d[i] *= scale;
    for (const pair of this.#pairs) addScaled(d, pair.alpha - dot(pair.y, d) / pair.ys, pair.s);
  }

  scaled(): boolean {
    return this.#pairs.length > 0;
  }

  forget(): void {
    this.#pairs.length = 0;
  }

  learn(from: Point, to: Point): void {
    const s = to.x.map((x, i) => x - from.x[i]);
    const y = to.g.map((g, i) => g - from.g[i]);
    const ys = dot(y, s);
    if (!(ys > Number.EPSILON * norm(s) * norm(y) && ys * ys > 0)) return;
    this.#pairs.push({ s, y, ys, alpha: 0 });
    if (this.#pairs.length > this.#memory) this.#pairs.shift();
  }
}
