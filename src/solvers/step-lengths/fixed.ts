import type { StepLength } from "../descent.ts";
import { checkSettings, positive } from "../settings.ts";

/** The same α at every step, as gradient descent takes its learning rate. Null where the function is not finite there. */
export function fixed(options: { readonly alpha?: number } = {}): StepLength {
  const { alpha } = checkSettings("fixed", { alpha: 1 }, options, { alpha: positive });
  return {
    name: `α = ${alpha}`,
    start: () =>
      function* (line) {
        const value = yield* line.gradient(alpha);
        return value === Number.POSITIVE_INFINITY ? null : line.trial;
      },
  };
}
