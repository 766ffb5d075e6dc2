import type { Expr } from "../expr/node.ts";
import { input } from "../expr/node.ts";
import { parseExpression } from "../expr/text/index.ts";

/** A point where the gradient is zero, and the value there. */
export interface CriticalPoint {
  readonly at: readonly number[];
  readonly value: number;
}

/** A function of a few variables, with what is known of it. */
export interface Surface {
  readonly name: string;
  readonly title: string;
  /** The function in the written form. */
  readonly text: string;
  /** Its variables, in order. */
  readonly variables: readonly string[];
  readonly expression: Expr;
  /** The window that is usually looked at: [low, high] for each variable. */
  readonly domain: readonly (readonly [number, number])[];
  /** Where a walk usually starts. */
  readonly start: readonly number[];
  readonly minima: readonly CriticalPoint[];
  readonly maxima: readonly CriticalPoint[];
  readonly saddles: readonly CriticalPoint[];
  readonly source: string;
}

export interface SurfaceSpec {
  readonly name: string;
  readonly title?: string;
  readonly text: string;
  readonly variables?: readonly string[];
  readonly domain?: Surface["domain"];
  readonly start?: readonly number[];
  readonly minima?: readonly CriticalPoint[];
  readonly maxima?: readonly CriticalPoint[];
  readonly saddles?: readonly CriticalPoint[];
  readonly source?: string;
}

/** A surface from its formula. Throws a SyntaxError that points at the mistake where it does not parse. */
export function surface(spec: SurfaceSpec): Surface {
  const { name, text, variables = ["x", "y"] } = spec;
  const expression = parseExpression(text, new Map(variables.map((variable) => [variable, input(variable)])));
  const domain = spec.domain ?? variables.map(() => [-5, 5] as const);
  const start = spec.start ?? domain.map(([low, high]) => low + 0.25 * (high - low));
  for (const [what, given] of [
    ["domain", domain],
    ["start", start],
  ] as const)
    if (given.length !== variables.length)
      throw new RangeError(`${name}: ${what} has ${given.length} entries for the variables ${variables.join(", ")}`);
  return {
    title: name,
    minima: [],
    maxima: [],
    saddles: [],
    source: "your own",
    ...spec,
    variables,
    expression,
    domain,
    start,
  };
}
