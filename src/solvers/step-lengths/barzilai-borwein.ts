import type { StepLength } from "../descent.ts";
import { checkSettings, count } from "../settings.ts";
import { backtrack } from "./armijo.ts";

export interface BarzilaiBorweinOptions {
  /** long: sᵀs/sᵀy, the default; short: sᵀy/yᵀy. */
  readonly formula?: "long" | "short";
  /** How many values back the value may rise to. Default 10; 1 makes the search monotone. */
  readonly memory?: number;
}

const defaults: Required<BarzilaiBorweinOptions> = { formula: "long", memory: 10 };

/** How much longer a step is tried where the curvature along the last one was not positive. */
const GROWTH = 10;

/**
 * Two points say what curvature there was between them: with s = x₊ − x and y = g₊ − g,
 *
 *     α = sᵀs / sᵀy   (long)   or   α = sᵀy / yᵀy   (short).
 *
 * Barzilai & Borwein 1988, Two-point step size gradient methods. The guard lets values rise for a while: a step must lie
 * below the highest of the last `memory` values (Grippo, Lampariello & Lucidi 1986; Raydan 1997).
 */
export function barzilaiBorwein(options: BarzilaiBorweinOptions = {}): StepLength {
  const { formula, memory } = checkSettings("Barzilai–Borwein", defaults, options, {
    formula: ["long", "short"],
    memory: count,
  });
  return {
    name: "Barzilai–Borwein",
    start: () => {
      const values: number[] = [];
      let last: { readonly x: Float64Array; readonly g: Float64Array; readonly alpha: number } | undefined;
      return function* (line, first) {
        const { value } = line.here;
        const [x, g] = [line.here.x.slice(), line.here.g.slice()];
        const alpha = last === undefined ? first : twoPoint(formula, x, g, last);
        values.push(value);
        if (values.length > memory) values.shift();
        // Where the curvature was not positive the formula says nothing, and a much longer step is worth a try.
        const tried = alpha > 0 && Number.isFinite(alpha) ? alpha : GROWTH * (last?.alpha ?? first);
        const found = yield* backtrack(line, tried, Math.max(...values));
        last = { x, g, alpha: line.alpha };
        return found;
      };
    },
  };
}

function twoPoint(
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
