import type { StepLength } from "../descent.ts";
import { checkSettings } from "../settings.ts";

/**
 * Polyak's step, for functions whose smallest value f* is known:
 *
 *     α = (f(x) − f*) / ‖g‖²
 *
 * times ‖g‖²/−gᵀd, which is 1 for steepest descent. Polyak 1969, Minimization of unsmooth functionals. No step is refused
 * but one to a place where the function is not finite.
 */
export function polyak(options: { readonly minimum?: number } = {}): StepLength {
  const { minimum } = checkSettings("polyak", { minimum: 0 }, options);
  return {
    name: "Polyak",
    start: () =>
      function* (line) {
        const alpha = (line.here.value - minimum) / -line.slope;
        if (!(alpha > 0)) return null;
        const value = yield* line.gradient(alpha);
        return value === Number.POSITIVE_INFINITY ? null : line.trial;
      },
  };
}
