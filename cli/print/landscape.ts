import { csvLine } from "../../src/data/index.ts";
import type { LossSlice } from "../../src/landscape/index.ts";
import { format, several } from "../../src/report/index.ts";

/** What a slice shows, in a few lines. */
export function sliceLines(slice: LossSlice): string[] {
  const { title, x, y, centre, directions, examples } = slice;
  const size = y.length === 1 ? several(x.length, "point") : `${x.length} × ${y.length} points`;
  const losses = slice.loss.flat().flatMap((loss) => (loss === null ? [] : [loss]));
  const lost = x.length * y.length - losses.length;
  return [
    `${title} on ${several(examples.count, "example")} of ${examples.data}'s ${examples.split === "train" ? "training" : "test"} set, ${size}`,
    ...directions.map(({ label, length }, i) => `${"xy"[i]}: ${label}, ${format.coordinate(length)} long`),
    `centre: loss ${format.loss(centre.loss)}${centre.accuracy === undefined ? "" : `, accuracy ${format.percent(centre.accuracy)}`}`,
    ...(losses.length === 0 ? [] : [`losses from ${format.loss(least(losses))} to ${format.loss(most(losses))}`]),
    ...(lost === 0 ? [] : [`not finite: ${several(lost, "point")}`]),
  ];
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** A line for each point: x, y, loss and accuracy; empty where there is no finite value. */
export function sliceCsv({ x, y, loss, accuracy }: LossSlice): string {
  const rows = y.flatMap((up, i) =>
    x.map((right, j) => [right, up, loss[i][j], ...(accuracy === undefined ? [] : [accuracy[i][j]])]),
  );
  const names = ["x", "y", "loss", ...(accuracy === undefined ? [] : ["accuracy"])];
  return [names, ...rows].map((row) => csvLine(row.map((value) => (value === null ? "" : `${value}`)))).join("");
}
