import { dot } from "../linalg/index.ts";
import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { solver } from "./solver.ts";
import { checkSettings } from "./solver-settings.ts";

/** The inputs of a formula for β: the gradients before and now, their difference y and the last direction. */
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
  /** Polak & Ribière 1969, but at least 0, which restarts (Powell 1984; Gilbert & Nocedal 1992). */
  "polak-ribiere": ({ g, y, before }: Terms) => Math.max(0, dot(g, y) / dot(before, before)),
  /** Hestenes & Stiefel 1952, but at least 0. */
  "hestenes-stiefel": ({ g, y, d }: Terms) => Math.max(0, dot(g, y) / dot(d, y)),
  /** Dai & Yuan 1999. */
  "dai-yuan": ({ g, y, d }: Terms) => dot(g, g) / dot(d, y),
} as const;

/**
 * A formula for β of the direction d ← −g + βd: Fletcher & Reeves 1964; Polak & Ribière 1969, but at least 0 (Gilbert &
 * Nocedal 1992); Hestenes & Stiefel 1952, but at least 0; or Dai & Yuan 1999.
 */
export type ConjugateFormula = keyof typeof formulas;

const settings: { readonly formula: ConjugateFormula } = { formula: "polak-ribiere" };
const allowed = { formula: Object.keys(formulas) };

interface Memory {
  /** The gradient at the last step; null before the first step and after a reset. */
  before: Float64Array | null;
}

/** Restarts where successive gradients are far from orthogonal: |gᵀg₋| ≥ 0.2·‖g‖² (Powell 1977). */
const ORTHOGONALITY = 0.2;

/**
 * The direction of nonlinear conjugate gradients: d ← −g + βd, by default with Polak and Ribière's β. Nocedal & Wright
 * 2006, section 5.2; needs a strong Wolfe search with curvature 0.1.
 */
export function conjugateGradientDirection(options: { readonly formula?: ConjugateFormula } = {}): Direction<Memory> {
  const { formula } = checkSettings("conjugate gradients", settings, options, allowed);
  return {
    name: "conjugate gradients",
    needsOneOf: [],
    resumes: "rescaled",
    init: () => ({ before: null }),
    direction: (_, memory, { g }, d) => {
      const beta = memory.before === null ? 0 : betaOrRestart(formulas[formula], g, memory.before, d);
      for (let i = 0; i < g.length; i++) d[i] = -g[i] + (beta === 0 ? 0 : beta * d[i]);
      memory.before = g.slice();
      return undefined;
    },
    scaled: () => false,
    forget: (memory) => {
      memory.before = null;
    },
  };
}

/** β, or 0 for a restart. */
function betaOrRestart(
  formula: (terms: Terms) => number,
  g: Float64Array,
  before: Float64Array,
  d: Float64Array,
): number {
  if (Math.abs(dot(g, before)) >= ORTHOGONALITY * dot(g, g)) return 0;
  const beta = formula({ g, y: g.map((entry, i) => entry - before[i]), d, before });
  return Number.isFinite(beta) ? beta : 0;
}

/**
 * Each direction keeps the progress made along the earlier ones, at the cost of storing a few vectors; the method restarts where
 * that property is lost.
 */
export const conjugateGradient = solver(
  {
    name: "conjugate-gradient",
    title: "Nonlinear conjugate gradients",
    formula: "d = −g + βd, β by the chosen formula",
    symbols:
      "g is the gradient, g₋ the last one, y = g − g₋; d on the right is the last direction. fletcher-reeves: β = gᵀg/g₋ᵀg₋; polak-ribiere: max(0, gᵀy/g₋ᵀg₋); hestenes-stiefel: max(0, gᵀy/dᵀy); dai-yuan: gᵀg/dᵀy",
    source: "Fletcher & Reeves 1964; Polak & Ribière 1969; Hestenes & Stiefel 1952; Dai & Yuan 1999",
    settings,
    meanings: { formula: "the formula for β" },
    allowed,
  },
  (given) => descent({ direction: conjugateGradientDirection(given), stepLength: strongWolfe({ curvature: 0.1 }) }),
);
