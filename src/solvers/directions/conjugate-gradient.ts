import { dot } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Point } from "../point.ts";
import { checkSettings } from "../settings.ts";

/** What a choice of β is computed from: the gradients before and now, their difference y and the last direction. */
interface Terms {
  readonly before: Float64Array;
  readonly g: Float64Array;
  readonly y: Float64Array;
  readonly d: Float64Array;
}

/** β of d ← −g + βd. */
const formulas = {
  /** Fletcher & Reeves 1964. */
  "fletcher-reeves": ({ g, before }: Terms) => dot(g, g) / dot(before, before),
  /** Polak & Ribière 1969, not below 0: then it starts anew (Powell 1984; Gilbert & Nocedal 1992). */
  "polak-ribiere": ({ g, y, before }: Terms) => Math.max(0, dot(g, y) / dot(before, before)),
  /** Hestenes & Stiefel 1952, not below 0. */
  "hestenes-stiefel": ({ g, y, d }: Terms) => Math.max(0, dot(g, y) / dot(d, y)),
  /** Dai & Yuan 1999. */
  "dai-yuan": ({ g, y, d }: Terms) => dot(g, g) / dot(d, y),
} as const;

export type ConjugateFormula = keyof typeof formulas;
export const conjugateFormulas = Object.keys(formulas);

/** Starts anew where successive gradients are far from orthogonal: |gᵀg₋| ≥ 0.2·‖g‖² (Powell 1977). */
const ORTHOGONALITY = 0.2;

/** Nonlinear conjugate gradients: d ← −g + βd. Nocedal & Wright 2006, section 5.2; wants strong Wolfe with curvature 0.1. */
export function conjugateGradient(options: { readonly formula?: ConjugateFormula } = {}): Direction {
  const defaults: { formula: ConjugateFormula } = { formula: "polak-ribiere" };
  const { formula } = checkSettings("conjugate gradients", defaults, options, { formula: conjugateFormulas });
  return {
    name: "conjugate gradients",
    needsOneOf: [],
    resumes: "rescaled",
    start: ({ dimension }) => new Conjugate(dimension, formulas[formula]),
  };
}

class Conjugate implements Guide {
  readonly #beta: (terms: Terms) => number;
  readonly #before: Float64Array;
  readonly #y: Float64Array;
  #fresh = true;

  constructor(n: number, beta: (terms: Terms) => number) {
    this.#beta = beta;
    [this.#before, this.#y] = [new Float64Array(n), new Float64Array(n)];
  }

  direction({ g }: Point, d: Float64Array): undefined {
    const beta = this.#fresh ? 0 : this.#weight(g, d);
    for (let i = 0; i < g.length; i++) d[i] = -g[i] + (beta === 0 ? 0 : beta * d[i]);
    this.#fresh = false;
    this.#before.set(g);
  }

  /** β, or 0 where the direction starts anew. */
  #weight(g: Float64Array, d: Float64Array): number {
    const [y, before] = [this.#y, this.#before];
    for (let i = 0; i < g.length; i++) y[i] = g[i] - before[i];
    if (Math.abs(dot(g, before)) >= ORTHOGONALITY * dot(g, g)) return 0;
    const beta = this.#beta({ g, y, d, before });
    return Number.isFinite(beta) ? beta : 0;
  }

  scaled(): boolean {
    return false;
  }

  forget(): void {
    this.#fresh = true;
  }
}
