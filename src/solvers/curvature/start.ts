import { faultOfNumbers } from "../../arguments/index.ts";

/** A copy of the vector that a search begins with. Throws a RangeError unless it is n finite numbers, not all 0. */
export function checkStart(method: string, start: ArrayLike<number>, n: number): Float64Array {
  const fault = faultOfNumbers(start);
  if (fault !== undefined) throw new RangeError(`${method}: start ${fault}; give a vector of ${n} finite numbers`);
  if (start.length !== n) throw new RangeError(`${method}: start has ${start.length} values; ${n} are needed`);
  const copy = Float64Array.from(start);
  if (copy.every((entry) => entry === 0))
    throw new RangeError(`${method}: start is 0 in all its ${n} values; give a vector with a direction`);
  return copy;
}
