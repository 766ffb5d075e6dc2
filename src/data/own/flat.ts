import { quoteValue } from "../../arguments/index.ts";
import { isVector } from "../../expr/index.ts";
import type { Vector } from "../dataset.ts";

/** Arrays of numbers, as they are given, in one vector. */

/** Rows of numbers, one after the other. */
export interface Flat {
  readonly values: ArrayLike<number>;
  /** Values in each row. */
  readonly width: number;
  readonly count: number;
}

/** Rows, or one array of `width` values each, as one array. */
export function flat(what: string, given: unknown, width: number | undefined): Flat {
  const vector = vectorOf(given);
  if (vector !== undefined) {
    if (width === undefined)
      throw new TypeError(
        `dataset: the ${what} are one array; say how long a row is by naming the columns: columns: ["x", "y"]`,
      );
    if (vector.length === 0 || vector.length % width !== 0)
      throw new RangeError(`dataset: ${vector.length} ${what} cannot be cut into rows of ${width}`);
    checkFinite(what, vector, width);
    return { values: vector, width, count: vector.length / width };
  }
  if (!Array.isArray(given) || given.length === 0)
    throw new TypeError(`dataset: the ${what} are ${quoteValue(given)}; give a row of numbers for each example`);
  const rows: readonly unknown[] = given;
  const length = isNumbers(rows[0]) ? rows[0].length : 0;
  const values = new Float64Array(rows.length * length);
  for (const [i, row] of rows.entries()) {
    if (!isNumbers(row))
      throw new TypeError(`dataset: row ${i + 1} of the ${what} is ${quoteValue(row)}; give an array of numbers`);
    if (row.length !== length)
      throw new RangeError(`dataset: row ${i + 1} of the ${what} has ${row.length} values, but row 1 has ${length}`);
    values.set(row, i * length);
  }
  checkFinite(what, values, length);
  return { values, width: length, count: rows.length };
}

/** An array of numbers of any type, such as bytes, as floating-point numbers. */
export function vectorOf(given: unknown): Vector | undefined {
  if (isVector(given)) return given;
  if (given instanceof Uint8Array || given instanceof Uint8ClampedArray || given instanceof Int8Array)
    return Float64Array.from(given);
  if (given instanceof Int16Array || given instanceof Uint16Array) return Float64Array.from(given);
  return given instanceof Int32Array || given instanceof Uint32Array ? Float64Array.from(given) : undefined;
}

const isNumbers = (row: unknown): row is ArrayLike<number> =>
  vectorOf(row) !== undefined ||
  (Array.isArray(row) && row.length > 0 && row.every((value) => typeof value === "number"));

function checkFinite(what: string, values: ArrayLike<number>, width: number): void {
  const at = Array.prototype.findIndex.call(values, (value) => !Number.isFinite(value));
  if (at < 0) return;
  const [row, column] = [Math.floor(at / width) + 1, (at % width) + 1];
  throw new RangeError(`dataset: value ${column} in row ${row} of the ${what} is ${values[at]}; give finite numbers`);
}
