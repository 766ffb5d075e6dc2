import { quoteList } from "../arguments/index.ts";
import { type Expr, input, once } from "../expr/index.ts";
import { parseExpression } from "../expr/text/index.ts";
import { checkDomain, checkPoint, type Domain } from "./surface-checks.ts";

/** A point where the gradient is zero, and the value there. */
export interface CriticalPoint {
  /** One value for each variable. */
  readonly at: readonly number[];
  /** The function's value there. */
  readonly value: number;
  /** Whether the function has a kink here, and so no gradient, like the tip of a cone. */
  readonly kink?: true;
}

/** A function of a few variables, with its known critical points. */
export interface Surface {
  /** The name that `findSurface` takes, such as "beale". */
  readonly name: string;
  /** Shown in reports and figures. */
  readonly title: string;
  /** The function in the written form. */
  readonly text: string;
  /** Its variables, in order. */
  readonly variables: readonly string[];
  /** The function of its variables, each a scalar input. */
  readonly expression: Expr;
  /** The data columns that the expression refers to as vectors, all of one length. Most surfaces have none. */
  readonly data: Readonly<Record<string, Float64Array>>;
  /** The usual window: [low, high] for each variable. */
  readonly domain: Domain;
  /** The usual start of a walk. */
  readonly start: readonly number[];
  /** Known minima, local ones included. */
  readonly minima: readonly CriticalPoint[];
  /** Known maxima. */
  readonly maxima: readonly CriticalPoint[];
  /** Known saddle points. */
  readonly saddles: readonly CriticalPoint[];
  /** Whether all critical points in the domain are known. */
  readonly complete: boolean;
  /** Author, year and title, and where the points come from. */
  readonly source: string;
}

/** A surface's formula and name, and whatever else is known of it; `surface` fills in defaults. */
export interface SurfaceSpec
  extends Partial<Omit<Surface, "name" | "text" | "expression" | "data">>,
    Pick<Surface, "name" | "text"> {}

/**
 * A surface from its formula. Defaults: variables x and y, each from −5 to 5. Throws a SyntaxError that points at the mistake
 * if the formula does not parse, and a RangeError if a point or the domain does not fit the variables.
 */
export function surface(spec: SurfaceSpec): Surface {
  const made = listed(spec);
  return { ...made, expression: made.expression };
}

/** A surface of the catalogue: its formula is parsed when first needed, not on import. */
export function listed(spec: SurfaceSpec): Surface {
  const { name, text, variables = ["x", "y"] } = spec;
  const twice = variables.find((variable, i) => variables.indexOf(variable) !== i);
  if (twice !== undefined)
    throw new RangeError(`${name}: the variable ${twice} appears twice; name each variable once`);
  const domain = spec.domain ?? variables.map(() => [-5, 5] as const);
  checkDomain(name, domain, variables);
  const start = spec.start ?? domain.map(([low, high]) => low + 0.25 * (high - low));
  const known = { minima: spec.minima ?? [], maxima: spec.maxima ?? [], saddles: spec.saddles ?? [] };
  checkPoint(name, "the start", start, variables);
  for (const [kind, points] of Object.entries(known))
    for (const { at } of points) checkPoint(name, `a point of ${kind}`, at, variables);
  const { title = name, complete = false, source = "your own" } = spec;
  const expression = once(() => read(name, text, variables));
  return {
    ...{ name, title, text, variables, data: {}, domain, start, ...known, complete, source },
    get expression() {
      return expression();
    },
  };
}

function read(name: string, text: string, variables: readonly string[]): Expr {
  const expression = parseExpression(text, new Map(variables.map((variable) => [variable, input(variable)])));
  if (expression.shape.length > 0)
    throw new RangeError(
      `${name}: the formula's value has shape ${quoteList(expression.shape)}; it must be a single number`,
    );
  return expression;
}
