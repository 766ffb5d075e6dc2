import { evaluateScalar } from "../expr/index.ts";
import { freeNames, parseStatements } from "../expr/text/index.ts";
import { lowDiscrepancyPoints } from "./low-discrepancy.ts";
import { type Surface, surface } from "./surface.ts";
import type { Domain } from "./surface-checks.ts";

/** The variables, window, start and name of a surface from a formula. */
export interface TextSurfaceOptions {
  /**
   * The variables, in order. Default: the names in the formula that are a letter with or without a number (x, y, x1,
   * x_2, θ), in alphabetical order.
   */
  readonly variables?: readonly string[];
  /** [low, high] for each variable. Default: −5 to 5. */
  readonly domain?: Domain;
  /** The start of a walk. Default: a point of the domain where the function is finite. */
  readonly start?: readonly number[];
  /** The name in messages and tables. Default: the formula. */
  readonly name?: string;
  /** Shown in reports and figures. Default: the name. */
  readonly title?: string;
}

/** A name that counts as a variable if none are given: longer ones are more likely to be typos. */
const VARIABLE = /^\p{L}_?[\p{Nd}₀-₉]*$/u;

/**
 * A surface from your own formula, such as `x^2 + 3*sin(y)`. Assignments may come first: `r = x^2 + y^2; sqrt(r)`. A formula
 * without variables is a constant function of x and y. The text is parsed, never run as code. Throws a SyntaxError that
 * points at the mistake and suggests the nearest name if it cannot be parsed.
 */
export function surfaceFromText(text: string, options: TextSurfaceOptions = {}): Surface {
  const formula = text.trim();
  const { name = formula, title = name, variables = variablesIn(formula) } = options;
  const result = surface({ ...options, name, title, text: formula, variables });
  return options.start === undefined ? { ...result, start: startOn(result) } : result;
}

/** x before y, x2 before x10. */
function variablesIn(text: string): string[] {
  const found = freeNames(parseStatements(text)).filter((name) => VARIABLE.test(name));
  if (found.length === 0) return ["x", "y"];
  return found.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** How many points to try for a start. */
const TRIES = 64;

/** The default start, or, if the function is not finite there (log, √), the first of some points where it is. */
function startOn({ variables, expression, domain, start }: Surface): readonly number[] {
  const finiteAt = (at: readonly number[]): boolean =>
    Number.isFinite(evaluateScalar(expression, Object.fromEntries(variables.map((name, i) => [name, at[i]]))));
  if (finiteAt(start)) return start;
  for (const point of lowDiscrepancyPoints(domain, TRIES)) if (finiteAt([...point])) return [...point];
  return start;
}
