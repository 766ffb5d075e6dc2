import { backtrack } from "./search/armijo.ts";
import { descent, type StepLength } from "./search/descent.ts";
import { solver } from "./solver.ts";
import { checkSettings, count } from "./solver-settings.ts";
import { steepestDirection } from "./steepest-descent.ts";

/** The formula of Barzilai and Borwein's step length, and its guard. */
export interface BarzilaiBorweinOptions {
  /** long: sᵀs/sᵀy, the default; short: sᵀy/yᵀy. */
  readonly formula?: "long" | "short";
  /** A step must end below the highest of this many last values. Default 10; 1 makes the search monotone. */
  readonly memory?: number;
}

const settings: Required<BarzilaiBorweinOptions> = { formula: "long", memory: 10 };
const allowed = { formula: ["long", "short"], memory: count };

interface Memory {
  /** The last values, the oldest first. */
  readonly values: number[];
  /** The last point from which a step was taken, and its α. */
  last: { readonly x: Float64Array; readonly g: Float64Array; readonly alpha: number } | null;
}

/** The factor by which the step length grows where the curvature along the last step was not positive. */
const GROWTH = 10;

/**
 * A step length from the curvature between the last two points. With s = x₊ − x and y = g₊ − g,
 *
 *     α = sᵀs / sᵀy   (long)   or   α = sᵀy / yᵀy   (short).
 *
 * Barzilai & Borwein 1988, Two-point step size gradient methods. The guard lets values rise for a while: a step must lie
 * below the highest of the last `memory` values (Grippo, Lampariello & Lucidi 1986; Raydan 1997).
 */
export function barzilaiBorweinLength(options: BarzilaiBorweinOptions = {}): StepLength<Memory> {
  const { formula, memory: most } = checkSettings("Barzilai–Borwein", settings, options, allowed);
  return {
    name: "Barzilai–Borwein",
    init: () => ({ values: [], last: null }),
    *search(line, first, memory) {
      const { values, last } = memory;
      const [x, g] = [line.here.x.slice(), line.here.g.slice()];
      const alpha = last === null ? first : lengthBetween(formula, x, g, last);
      values.push(line.here.value);
      if (values.length > most) values.shift();
      // Without positive curvature the formula does not apply, and a much longer step is worth a try.
      const tried = alpha > 0 && Number.isFinite(alpha) ? alpha : GROWTH * (last?.alpha ?? first);
      const found = yield* backtrack(line, tried, Math.max(...values));
      memory.last = { x, g, alpha: line.alpha };
      return found;
    },
  };
}

function lengthBetween(
  formula: "long" | "short",
  x: Float64Array,
  g: Float64Array,
  last: { readonly x: Float64Array; readonly g: Float64Array },
): number {
  let [ss, sy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [s, y] = [x[i] - last.x[i], g[i] - last.g[i]];
    ss += s * s;
    sy += s * y;
    yy += y * y;
  }
  return formula === "long" ? ss / sy : sy / yy;
}

/**
 * Steepest descent with a step length from the last two points: a secant approximation of the curvature. Instead of a line
 * search, a guard compares each new value with the last few (Barzilai & Borwein 1988; Raydan 1997).
 */
export const barzilaiBorwein = solver(
  {
    name: "barzilai-borwein",
    title: "Barzilai and Borwein's two-point step",
    formula: "d = −g, α = sᵀs/sᵀy (long) or sᵀy/yᵀy (short)",
    symbols:
      "g is the gradient, d the direction and α the step length; s is the last step, y the change of the gradient in it",
    source: "Barzilai & Borwein 1988, Two-point step size gradient methods; Raydan 1997 for the guard",
    settings,
    meanings: {
      formula: "the formula for α",
      memory: "the number of last values; a step must end below the highest of them",
    },
    allowed,
  },
  (given) => descent({ direction: steepestDirection(), stepLength: barzilaiBorweinLength(given) }),
);
