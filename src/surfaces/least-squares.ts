import { quoteList } from "../arguments/index.ts";
import { type Expr, input, sizeOf } from "../expr/index.ts";
import { assign, parseExpression, parseStatements } from "../expr/text/index.ts";
import { checkPoint } from "./surface-checks.ts";

/** A known global or local minimum of a sum of squares. */
export interface KnownMinimum {
  /** Σ rᵢ², to the published digits. */
  readonly value: number;
  /** Its location, if that is published and finite: some minima are only approached as parameters grow without bound. */
  readonly at?: readonly number[];
  /** Whether it is only a local minimum. */
  readonly local?: true;
}

/** A sum of squares Σ rᵢ(w)² to minimize, with its starts and known minima. */
export interface LeastSquares {
  /** The name in messages and tables. */
  readonly name: string;
  /** Shown in reports and figures. */
  readonly title: string;
  /** The names of the n parameters w, in order: scalar inputs of the residuals. */
  readonly parameters: readonly string[];
  /** The data columns that the residuals refer to by name, all of one length; empty without data. */
  readonly data: Readonly<Record<string, Float64Array>>;
  /** r(w) in pieces: scalars, and vectors of the data's length for formulas that run over the data. */
  readonly residuals: readonly Expr[];
  /** The number m of residuals. */
  readonly count: number;
  /** Starts, n values each; the standard start first. */
  readonly starts: readonly (readonly number[])[];
  /** The global minimum first. */
  readonly minima: readonly KnownMinimum[];
  /** Author, year and title. */
  readonly source: string;
}

/** A least-squares problem as text: the residuals' formulas, and the data that they refer to. */
export interface LeastSquaresSpec {
  /** The name in messages and tables. */
  readonly name: string;
  /** Shown in reports and figures. Default: the name. */
  readonly title?: string;
  /** The names of the n parameters, in order. */
  readonly parameters: readonly string[];
  /** Columns that the residuals refer to by name, all of one length, finite. Default: none. */
  readonly data?: Readonly<Record<string, ArrayLike<number>>>;
  /** Assignments in the written form, for expressions that the residuals have in common. */
  readonly define?: string;
  /** One formula for each piece: a scalar, or a vector over the data. */
  readonly residuals: readonly string[];
  /** Starts, n values each; at least one, the standard start first. */
  readonly starts: readonly (readonly number[])[];
  /** Known minima, the global one first. Default: none. */
  readonly minima?: readonly KnownMinimum[];
  /** Author, year and title. Default: "your own". */
  readonly source?: string;
}

/**
 * A least-squares problem from formulas in the written form. Throws a SyntaxError that points at the mistake if one does not
 * parse, and a RangeError if columns, starts or minima have the wrong length.
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

/**
 * A least-squares problem from expressions. Throws a RangeError if a residual, a start or a minimum has the wrong
 * shape, or a parameter and a column share a name.
 */
export function problem(spec: Omit<LeastSquares, "count">): LeastSquares {
  const { name, parameters, data, residuals, starts, minima } = spec;
  const both = parameters.find((parameter) => Object.hasOwn(data, parameter));
  if (both !== undefined)
    throw new RangeError(`${name}: ${both} is the name of both a parameter and a column; rename one of them`);
  if (starts.length === 0) throw new RangeError(`${name}: there is no start; give at least one`);
  const [rows] = Object.values(data).map((column) => column.length);
  for (const [i, { shape }] of residuals.entries())
    if (shape.length > 1 || (shape.length === 1 && shape[0] !== rows))
      throw new RangeError(
        `${name}: residual ${i + 1} has shape ${quoteList(shape)}; it must be a scalar, or a vector as long as the data`,
      );
  for (const start of starts) checkPoint(name, "the start", start, parameters);
  for (const { at } of minima) if (at !== undefined) checkPoint(name, "the minimum", at, parameters);
  return { ...spec, count: residuals.reduce((count, { shape }) => count + sizeOf(shape), 0) };
}

/** The names that formulas may use: parameters are scalars, data columns are vectors. */
export function scopeOf(parameters: readonly string[], data: LeastSquares["data"]): Map<string, Expr> {
  const columns = Object.entries(data).map(([name, column]) => [name, input(name, [column.length])] as const);
  return new Map<string, Expr>([...parameters.map((name) => [name, input(name)] as const), ...columns]);
}

function columnsOf(name: string, data: NonNullable<LeastSquaresSpec["data"]>): Record<string, Float64Array> {
  const columns = Object.entries(data).map(([key, column]) => [key, Float64Array.from(column)] as const);
  for (const [key, column] of columns) {
    if (column.length !== columns[0][1].length)
      throw new RangeError(
        `${name}: column ${key} has ${column.length} values, but column ${columns[0][0]} has ${columns[0][1].length}; all columns must have the same length`,
      );
    const hole = column.findIndex((x) => !Number.isFinite(x));
    if (hole >= 0)
      throw new RangeError(`${name}: column ${key}, row ${hole + 1}, is ${column[hole]}; it must be a finite number`);
  }
  return Object.fromEntries(columns);
}
