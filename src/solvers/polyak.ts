import { descent, type LineSearch } from "./search/descent.ts";
import { solver } from "./solver.ts";
import { checkSettings } from "./solver-settings.ts";
import { steepestDirection } from "./steepest-descent.ts";

const settings = { minimum: 0 };

/**
 * Polyak's step, for functions whose minimum value f* is known:
 *
 *     α = (f(x) − f*) / ‖g‖²
 *
 * times ‖g‖²/−gᵀd, which is 1 for steepest descent. Polyak 1969, Minimization of unsmooth functionals. A step is refused
 * only where the function is not finite at its end.
 */
export function polyakLength(options: { readonly minimum?: number } = {}): LineSearch {
  const { minimum } = checkSettings("polyak", settings, options);
  return {
    name: "Polyak",
    init: () => null,
    *search(line) {
      const alpha = (line.here.value - minimum) / -line.slope;
      if (!(alpha > 0)) return null;
      const value = yield* line.gradient(alpha);
      return value === Number.POSITIVE_INFINITY ? null : line.trial;
    },
  };
}

/**
 * Steepest descent with the step that would reach the minimum value at once if the function were linear. That value must be
 * known.
 */
export const polyak = solver(
  {
    name: "polyak",
    title: "Polyak's step",
    formula: "d = −g, α = (f − minimum)/‖g‖²",
    symbols: "f is the value, g the gradient, d the direction and α the step length",
    source: "Polyak 1969, Minimization of unsmooth functionals",
    settings,
    meanings: { minimum: "the lowest value of the function, which must be known" },
  },
  (given) => descent({ direction: steepestDirection(), stepLength: polyakLength(given) }),
);
