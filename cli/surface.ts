import { freeNames, parseStatements } from "../src/expr/text/index.ts";
import { type Surface, surface, surfaces } from "../src/surfaces/index.ts";

/** Names of variables in a formula: x, y, x1, x2, … */
const VARIABLE = /^\p{L}[\d₀-₉]*$/u;

/** A known surface by its name, or one from a formula in x, y, … Throws where it is neither. */
export function surfaceFrom(text: string): Surface {
  const name = text.trim().replaceAll(/[\s_]+/g, "-");
  if (/^\p{L}[\p{L}-]*$/u.test(name) && !VARIABLE.test(name)) return surfaces.findSurface(name);
  const variables = freeNames(parseStatements(text)).filter((free) => VARIABLE.test(free));
  // Without a variable there is nowhere to go: then the surface is flat, in the plane.
  return surface({ name: text.trim(), text, variables: variables.length === 0 ? ["x", "y"] : variables.sort(inOrder) });
}

/** x before y, x2 before x10. */
const inOrder = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
