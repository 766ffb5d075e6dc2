import { DataError } from "../files/index.ts";
import type { CurveOptions } from "./curve-options.ts";
import type { CurveFormula } from "./formula.ts";
import { completeRows, type Observations } from "./observations.ts";

/** The rows that count. */
export interface Rows {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly count: number;
  readonly weights: Float64Array | undefined;
  readonly dropped: number;
  /** One of them in messages, by its place in the data: `data.csv: line 4`. */
  place(row: number): string;
}

/** The rows with all values and a weight above 0, and the columns of the formula in them. */
export function countedRows(options: CurveOptions, formula: CurveFormula, observations: Observations): Rows {
  const { missing = "refuse" } = options;
  const given = options.weights ?? options.sigma;
  const weighting = typeof given === "string" ? [given] : [];
  const names = [...new Set([...formula.responseColumns, ...formula.predictors, ...weighting])];
  const { columns, kept } = completeRows(observations, names, missing);
  const placeOf = (row: number): string => observations.place(row);
  if (given === undefined)
    return {
      ...{ columns, count: kept.length, weights: undefined, dropped: observations.rows - kept.length },
      place: (row) => placeOf(kept[row]),
    };
  if (typeof given !== "string" && given.length !== observations.rows)
    throw new RangeError(
      `${given.length} weights or sigmas are given for ${observations.rows} rows; give one for each`,
    );
  const values = typeof given === "string" ? columns[given] : Float64Array.from(kept, (row) => given[row]);
  const isSigma = options.sigma !== undefined;
  const wrong = values.findIndex((value) => !(isSigma ? value > 0 : value >= 0) || value === Infinity);
  if (wrong >= 0)
    throw new DataError(
      typeof given === "string" ? observations.place(kept[wrong], given) : placeOf(kept[wrong]),
      `the ${isSigma ? "sigma" : "weight"} is ${values[wrong]}`,
      isSigma ? "a standard deviation is above 0" : "a weight is 0 or more",
    );
  const counted = [...values.keys()].filter((i) => values[i] > 0);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(counted, (i) => column[i]);
  return {
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, pick(column)])),
    count: counted.length,
    weights: pick(values).map((value) => (isSigma ? 1 / value ** 2 : value)),
    dropped: observations.rows - counted.length,
    place: (row) => placeOf(kept[counted[row]]),
  };
}
