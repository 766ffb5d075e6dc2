import { type Block, prose } from "../../src/figure/index.ts";
import { type Column, format, numberColumn, tableBlock, tableLines, textColumn } from "../../src/report/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import type { Path } from "../../src/train/index.ts";

/** A walk has arrived once it is this part of the way down to the lowest known minimum. */
export const ARRIVED = 0.999;

/** How a racer fared. */
export interface Result {
  readonly name: string;
  /** The learning rate; solvers, and rules without one, have none. */
  readonly lr: number | null;
  readonly hyper: Readonly<Record<string, number | string>>;
  /** Steps until it had arrived; null where it never did, or where there is no place to arrive at. */
  readonly arrived: number | null;
  readonly value: number;
  /** From the nearest known minimum; null where none is known. */
  readonly distance: number | null;
  readonly outcome: Path["outcome"]["kind"];
  readonly reason: string;
}

/** Those that arrive first come first; of those that never do, the lowest. */
export const byArrival = (a: Result, b: Result): number =>
  (a.arrived ?? Number.POSITIVE_INFINITY) - (b.arrived ?? Number.POSITIVE_INFINITY) || a.value - b.value;

const arrivalWords = `Arrived: ${format.percent(ARRIVED)} of the way down to the lowest known minimum.`;

/** The table for a terminal. */
export function raceLines({ minima }: Surface, results: readonly Result[]): string {
  const isKnown = minima.length > 0;
  return [...tableLines(raceColumns(results, isKnown), results), ...(isKnown ? ["", arrivalWords] : []), ""].join("\n");
}

/** The table below the figure, its rows with the curves of `names`, which are in the figure's order. */
export function raceBlocks({ minima }: Surface, results: readonly Result[], names: readonly string[]): Block[] {
  const isKnown = minima.length > 0;
  const curve = ({ name }: Result) => ({ label: name, series: names.indexOf(name) });
  const arrivals = tableBlock({
    caption: "Who arrives when",
    columns: raceColumns(results, isKnown),
    rows: results,
    curve,
  });
  return [arrivals, ...(isKnown ? [prose(arrivalWords)] : [])];
}

/** A race as a table; `isKnown` is whether there is a minimum to arrive at. */
const raceColumns = (results: readonly Result[], isKnown: boolean): Column<Result>[] => [
  textColumn("optimizer", ({ name }) => name),
  numberColumn("lr", ({ lr }) => lr, format.setting),
  ...(isKnown ? [numberColumn("arrived at step", ({ arrived }: Result) => arrived, format.count)] : []),
  numberColumn("last value", ({ value }) => value, format.loss),
  ...(isKnown ? [numberColumn("from the minimum", ({ distance }: Result) => distance, format.loss)] : []),
  ...(results.every(({ outcome }) => outcome === "completed")
    ? []
    : [textColumn("outcome", ({ outcome }: Result) => outcome)]),
];
