import type { Vector } from "../../expr/index.ts";
import { norm } from "../../linalg/index.ts";
import type { DirectionFacts } from "../slices/landscape.ts";

/** A direction in parameter space: a step of 1 along it adds `vector` to w. */
export interface Direction {
  readonly facts: DirectionFacts;
  /** One element for each parameter. */
  readonly vector: Float64Array;
}

/** A direction with its length told. Throws a RangeError if it is zero, or not finite. */
export function direction(
  vector: Float64Array,
  facts: Omit<DirectionFacts, "length">,
  advice = "take another",
): Direction {
  const length = norm(vector);
  if (length > 0 && Number.isFinite(length)) return { facts: { ...facts, length }, vector };
  throw new RangeError(`the direction "${facts.label}" has length ${length}; ${advice}`);
}

/** The same direction, `length` long. */
export const scaledTo = (vector: Float64Array, length: number): Float64Array => {
  const own = norm(vector);
  return vector.map((x) => (x / own) * length);
};

/** A vector in float64. */
export const inFloat64 = (vector: Vector): Float64Array => Float64Array.from(vector);
