import { checkList, checkNumber, domains, isOptions, quoteValue } from "../../arguments/index.ts";
import type { SliceMeasures } from "./measures.ts";

/** The measures that are compared from one slice to another. */
export const spreadMeasures = [
  "basin",
  "barrier",
  "sharpness",
  "lossAtRadius",
  "nonConvex",
  "nonConvexInBasin",
  "minima",
  "quadraticResidual",
] as const satisfies readonly (keyof SliceMeasures)[];
/** One of them. */
export type SpreadMeasure = (typeof spreadMeasures)[number];

/** How a measure differs from slice to slice. */
export interface Spread {
  readonly measure: SpreadMeasure;
  /** How many slices have it. */
  readonly count: number;
  readonly mean: number;
  /** The standard deviation of a sample, with count − 1; null for one slice. */
  readonly deviation: number | null;
  readonly least: number;
  readonly most: number;
}

/**
 * How the measures of slices through one point, along different random directions, differ: what differs much says more of the
 * directions than of the net. Measures that no slice has are left out. Throws a TypeError for anything but a list of measures, and a RangeError for
 * one that is neither null nor a finite number.
 */
export function spreadOf(slices: readonly SliceMeasures[]): Spread[] {
  checkList("spreadOf: the slices", slices, "slices.map((slice) => measuresOf(slice, { level }))");
  for (const each of slices) checkMeasures(each);
  return spreadMeasures.flatMap((measure) => {
    const values = slices.map((each) => each[measure]).filter((value) => value !== null);
    const count = values.length;
    if (count === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : null;
    return [{ measure, count, mean, deviation, least: Math.min(...values), most: Math.max(...values) }];
  });
}

function checkMeasures(slice: SliceMeasures): void {
  if (!isOptions(slice))
    throw new TypeError(`spreadOf: a slice is ${quoteValue(slice)}; give its measures, as measuresOf finds them`);
  for (const measure of spreadMeasures)
    if (slice[measure] !== null) checkNumber(`spreadOf: ${measure}`, slice[measure], domains.finite);
}
