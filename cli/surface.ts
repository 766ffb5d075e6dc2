import { type Surface, surfaceFromText, surfaces } from "../src/surfaces/index.ts";

/** A known surface: a word of two letters or more, perhaps with a size, such as `rosenbrock:10`. */
const NAME = /^\p{L}[\p{L}-]*\p{L}(:\d+)?$/u;

/** A known surface by its name, or one from a formula in x, y, … Throws where it is neither. */
export function surfaceFrom(text: string): Surface {
  const name = text.trim().replaceAll(/[\s_]+/g, "-");
  return NAME.test(name) ? surfaces.findSurface(name) : surfaceFromText(text);
}
