import type { Computation } from "../run/computation.ts";
import type { Point } from "../run/point.ts";
import { between, checkSettings } from "../solver-settings.ts";
import { minimumOfParabola } from "./bracket.ts";
import type { LineSearch } from "./descent.ts";
import type { Line } from "./line.ts";

const defaults = {
  /** c₁: the fraction of the predicted decrease that a step must achieve. */
  decrease: 1e-4,
  /** Bounds on the next trial, as fractions of the last. */
  shortest: 0.1,
  longest: 0.5,
};

/** The most trials for one step: 0.5⁶⁰ is below float64's resolution. */
const MOST_TRIALS = 60;

/**
 * Backtracking until the decrease is a given fraction of the linear prediction, φ(α) ≤ φ(0) + c₁·α·φ′(0); the next trial is
 * the minimum of the interpolating parabola. Armijo 1966, Minimization of functions having Lipschitz continuous
 * first partial derivatives; Dennis & Schnabel 1983, algorithm A6.3.1.
 */
export function armijo(options: Partial<typeof defaults> = {}): LineSearch {
  const settings = checkSettings("armijo", defaults, options, {
    decrease: between,
    shortest: between,
    longest: between,
  });
  return {
    name: "Armijo",
    init: () => null,
    search: (line, first) => backtrack(line, first, line.here.value, settings),
  };
}

/** The first point, from α = `first` downwards, that lies below `reference` by the wanted fraction of the predicted decrease. */
export function* backtrack(
  line: Line,
  first: number,
  reference: number,
  { decrease, shortest, longest }: typeof defaults = defaults,
): Computation<Point | null> {
  const start = { alpha: 0, value: line.here.value, slope: line.slope };
  let alpha = first;
  for (let trials = 0; trials < MOST_TRIALS; trials++) {
    // The first trial usually succeeds, and then the gradient is needed as well.
    const value = yield* trials === 0 ? line.gradient(alpha) : line.value(alpha);
    if (value === Number.NEGATIVE_INFINITY) return line.trial;
    if (value <= reference + decrease * alpha * line.slope && value < Number.POSITIVE_INFINITY) {
      // A search cannot continue from a point whose gradient is not finite.
      if (trials === 0 || (yield* line.gradient(alpha)) < Number.POSITIVE_INFINITY) return line.trial;
    }
    const guess = minimumOfParabola(start, { alpha, value, slope: Number.NaN });
    alpha = guess > shortest * alpha ? Math.min(guess, longest * alpha) : shortest * alpha;
  }
  return null;
}
