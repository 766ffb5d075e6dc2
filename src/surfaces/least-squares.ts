import { quoteList } from "../arguments/index.ts";
import { type Expr, input, sizeOf } from "../expr/index.ts";
import { assign, parseExpression, parseStatements } from "../expr/text/index.ts";
import { checkPoint } from "./check.ts";

/** A place where a sum of squares is known to be smallest, at least among its neighbours. */
export interface KnownMinimum {
  /** Σ rᵢ², to the digits that are published. */
  readonly value: number;
  /** Where, if that is published and finite: some minima are only approached, as parameters grow without end. */
  readonly at?: readonly number[];
  /** Not the smallest there is. */
  readonly local?: true;
}

/** A sum of squares Σ rᵢ(w)² to be made small, with what is known of it. */
export interface LeastSquares {
  readonly name: string;
  readonly title: string;
  /** The names of the n parameters w, in order: scalar inputs of the residuals. */
  readonly parameters: readonly string[];
  /** Columns of numbers, all of one length, that the residuals refer to by name. None where there are no data. */
  readonly data: Readonly<Record<string, Float64Array>>;
  /** r(w) in pieces: single numbers, and vectors of the data's length where one formula runs over the data. */
  readonly residuals: readonly Expr[];
  /** How many numbers the residuals are in all: m. */
  readonly count: number;
  /** Where to begin, n numbers each; the standard start first. */
  readonly starts: readonly (readonly number[])[];
  /** The global minimum first. */
  readonly minima: readonly KnownMinimum[];
  readonly source: string;
}

export interface LeastSquaresSpec {
  readonly name: string;
  readonly title?: string;
  readonly parameters: readonly string[];
  readonly data?: Readonly<Record<string, ArrayLike<number>>>;
  /** Assignments in the written form that the residuals may use: what they have in common. */
  readonly define?: string;
  /** One text for each piece. */
  readonly residuals: readonly string[];
  readonly starts: readonly (readonly number[])[];
  readonly minima?: readonly KnownMinimum[];
  readonly source?: string;
}

/**
 * A least-squares problem from formulas in the written form. Throws a SyntaxError that points at the place where one
 * does not parse, a RangeError where columns, starts or minima have unlike lengths.
 */
export function leastSquares(spec: LeastSquaresSpec): LeastSquares {
  const { name, parameters, starts, minima = [] } = spec;
  const data = columnsOf(name, spec.data ?? {});
  const scope = scopeOf(parameters, data);
  const known = assign(parseStatements(spec.define ?? ""), scope);
  const residuals = spec.residuals.map((text) => parseExpression(text, known));
  return problem({
    ...spec,
    title: spec.title ?? name,
    data,
    residuals,
    starts,
    minima,
    source: spec.source ?? "your own",
  });
}

/** The same from expressions. */
export function problem(spec: Omit<LeastSquares, "count">): LeastSquares {
  const { name, parameters, data, residuals, starts, minima } = spec;
  const both = parameters.find((parameter) => Object.hasOwn(data, parameter));
  if (both !== undefined) throw new RangeError(`${name}: ${both} is the name of a parameter and of a column`);
  if (starts.length === 0) throw new RangeError(`${name}: at least one start is needed`);
  const [rows] = Object.values(data).map((column) => column.length);
  for (const [i, { shape }] of residuals.entries())
    if (shape.length > 1 || (shape.length === 1 && shape[0] !== rows))
      throw new RangeError(
        `${name}: residual ${i + 1} has shape ${quoteList(shape)}; it must be a number, or a vector as long as the data`,
      );
  for (const start of starts) checkPoint(name, "the start", start, parameters);
  for (const { at } of minima) if (at !== undefined) checkPoint(name, "the minimum", at, parameters);
  return { ...spec, count: residuals.reduce((count, { shape }) => count + sizeOf(shape), 0) };
}

/** What the names in formulas stand for: parameters are numbers, data are vectors. */
export function scopeOf(parameters: readonly string[], data: LeastSquares["data"]): Map<string, Expr> {
  const columns = Object.entries(data).map(([name, column]) => [name, input(name, [column.length])] as const);
  return new Map<string, Expr>([...parameters.map((name) => [name, input(name)] as const), ...columns]);
}

function columnsOf(name: string, data: NonNullable<LeastSquaresSpec["data"]>): Record<string, Float64Array> {
  const columns = Object.entries(data).map(([key, column]) => [key, Float64Array.from(column)] as const);
  for (const [key, column] of columns) {
    if (column.length !== columns[0][1].length)
      throw new RangeError(
        `${name}: column ${key} has ${column.length} numbers and column ${columns[0][0]} ${columns[0][1].length}`,
      );
    const hole = column.findIndex((x) => !Number.isFinite(x));
    if (hole >= 0) throw new RangeError(`${name}: column ${key}, number ${hole + 1}, is ${column[hole]}`);
  }
  return Object.fromEntries(columns);
}
