import { checkList, checkNumber, domains, isOptions, quoteValue } from "../../arguments/index.ts";
import { checkGrid, checkValues } from "../slices/grid.ts";
import type { LossSlice } from "../slices/landscape.ts";

/**
 * Throws a TypeError for anything but a slice, and a RangeError unless it has a loss for each point of its grid, one direction on a line and two
 * in a plane, and lengths above 0. `what`: the function that was called.
 */
export function checkSliceData(what: string, slice: LossSlice): void {
  if (!(isOptions(slice) && isOptions(slice.centre)))
    throw new TypeError(`${what}: the slice is ${quoteValue(slice)}; give one, as lossSlice measures it`);
  checkGrid(slice);
  checkValues("the slice's loss", slice, slice.loss);
  const { loss } = slice.centre;
  if (loss !== null) checkNumber(`${what}: the loss at the centre`, loss, domains.finite);
  checkAxes(what, slice);
}

function checkAxes(what: string, { y, directions }: LossSlice): void {
  checkList(`${what}: the slice's directions`, directions, '[{ kind: "filter", length: 1, label: "x" }]');
  if (directions.length !== 2 && !(directions.length === 1 && y.length === 1))
    throw new RangeError(
      `${what}: the slice has ${y.length} rows and ${directions.length} directions; a line has one row and one direction, a plane two directions`,
    );
  for (const [k, facts] of directions.entries()) {
    if (!isOptions(facts))
      throw new TypeError(`${what}: direction ${k} of the slice is ${quoteValue(facts)}; give { kind, length, label }`);
    checkNumber(`${what}: the length of direction ${k}`, facts.length, domains.positive);
  }
}
