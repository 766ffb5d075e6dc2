import { formatNumber } from "../src/figure/surface/index.ts";
import type { LiveSlice } from "../src/report/index.ts";
import type { Cell } from "./cell.ts";

/** What was measured at the node that is pointed at, in all views that show it; before, what a reader can do. */
export function readingOf(cells: readonly Cell[]): string {
  const read = cells.flatMap(({ view: { slice }, picked }) => (picked === null ? [] : [{ slice, ...picked }]));
  if (read.length === 0) return "Drag to turn, pinch or Ctrl and the wheel to zoom; point at a place for its loss.";
  const [{ slice, row, column }] = read;
  const told = read.map((each) => `${cells.length > 1 ? `${each.slice.title} ` : ""}${measured(each)}`);
  return `x ${formatNumber(slice.x[column], 3)}, y ${formatNumber(slice.y[row], 3)}: ${told.join(" · ")}`;
}

function measured({
  slice,
  row,
  column,
}: {
  readonly slice: LiveSlice;
  readonly row: number;
  readonly column: number;
}): string {
  const [loss, accuracy] = [slice.loss[row][column], slice.accuracy?.[row][column]];
  const right = accuracy === null || accuracy === undefined ? "" : `, accuracy ${formatNumber(100 * accuracy, 3)} %`;
  return `loss ${loss === null ? "not finite" : formatNumber(loss)}${right}`;
}
