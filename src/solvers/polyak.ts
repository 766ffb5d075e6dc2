import { descent, type LineSearch } from "./search/descent.ts";
import { checkSettings } from "./settings.ts";
import { solver } from "./solver.ts";
import { steepest } from "./steepest-descent.ts";

const settings = { minimum: 0 };

/**
 * Polyak's step, for functions whose smallest value f* is known:
 *
 *     α = (f(x) − f*) / ‖g‖²
 *
 * times ‖g‖²/−gᵀd, which is 1 for steepest descent. Polyak 1969, Minimization of unsmooth functionals. No step is refused
 * but one to a place where the function is not finite.
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
 * Steepest descent with the step that would reach the lowest value at once, were the function linear. That value has to
 * be known.
 */
export const polyak = solver(
  {
    name: "polyak",
    title: "Polyak's step",
    formula: "d = −g, α = (f − minimum)/‖g‖²",
    source: "Polyak 1969, Minimization of unsmooth functionals",
    settings,
  },
  (given) => descent({ direction: steepest(), stepLength: polyakLength(given) }),
);
