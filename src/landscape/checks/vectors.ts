import { checkList, faultOfNumbers, isOptions, quoteValue } from "../../arguments/index.ts";
import { isVector, type Vector } from "../../expr/index.ts";

/**
 * Throws a TypeError for anything but a vector, and a RangeError for one that is empty, has another length than `length`, if that is given,
 * or holds a number that is not finite. `what` names it: "sharpness: the preconditioner".
 */
export function checkVector(what: string, value: unknown, length?: number): asserts value is Vector {
  if (!isVector(value)) throw new TypeError(`${what} is ${kindOf(value)}`);
  if (length !== undefined && value.length !== length)
    throw new RangeError(`${what} has ${value.length} values; ${length} are needed`);
  if (value.length === 0 && length !== 0) throw new RangeError(`${what} has no values; give one with at least one`);
  const fault = faultOfNumbers(value);
  if (fault !== undefined) throw new RangeError(`${what} ${fault}; all its numbers must be finite`);
}

/** `checkVector` for one that must be in float64. */
export function checkFloat64(what: string, value: unknown, length?: number): asserts value is Float64Array {
  checkVector(what, value, length);
  if (!(value instanceof Float64Array))
    throw new TypeError(`${what} is a Float32Array; give it in float64: Float64Array.from(…)`);
}

const kindOf = (value: unknown): string =>
  isOptions(value) && "w" in value && isVector(value.w)
    ? "a whole net; give its weights: net.w"
    : `${quoteValue(value)}; give a Float32Array or Float64Array, such as a net's weights w`;

/** Checks each of a list of vectors, all of one length. Throws as `checkVector` does, for a value that is no list, and for an empty list. */
export function checkVectors(what: string, values: unknown, length?: number): asserts values is readonly Vector[] {
  checkList(what, values, "[w1, w2]");
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  if (list.length === 0) throw new RangeError(`${what} is []; give at least one`);
  const [first] = list;
  const wanted = length ?? (isVector(first) ? first.length : undefined);
  for (const [k, value] of list.entries()) checkVector(`${what}[${k}]`, value, wanted);
}
