import { checkSettings, positive } from "../solver-settings.ts";
import type { LineSearch } from "./descent.ts";

/** The same α in every step, like the learning rate of gradient descent. Null if the function is not finite there. */
export function fixed(options: { readonly alpha?: number } = {}): LineSearch {
  const { alpha } = checkSettings("fixed", { alpha: 1 }, options, { alpha: positive });
  return {
    name: `α = ${alpha}`,
    init: () => null,
    *search(line) {
      const value = yield* line.gradient(alpha);
      return value === Number.POSITIVE_INFINITY ? null : line.trial;
    },
  };
}
