import { arrival, type CompareResult, type Ranked, regressionErrors, type Spread, wilson } from "../compare/index.ts";
import { type Block, type Cell, type Column, prose, type Row, table } from "../figure/page/index.ts";
import { seedsOf } from "./compare-done.ts";
import { seriesOf } from "./compare-figures.ts";
import { verdict } from "./compare-verdict.ts";
import { cost, costRange, count, duration, percent, rate } from "./phrases.ts";

/** Who gets down how soon and how far, and how much that means. */
export const rankingBlocks = (result: CompareResult): Block[] => [rankingTable(result), prose(...verdict(result))];

export type Interval = readonly [low: number, high: number];

/** A column of the table: its number for each optimizer, and how far chance may reach. */
interface Measured {
  readonly name: string;
  readonly best: "min" | "max";
  readonly value: (line: Ranked) => number | null | undefined;
  readonly interval: (line: Ranked) => Interval | undefined;
  readonly write: (value: number) => string;
}

function rankingTable(result: CompareResult): Block {
  const { ranking } = result;
  const series = new Map(seriesOf(result).map((each) => [each.label, each.series]));
  const all = ranking.every(({ reached, runs }) => reached === runs);
  const [soon, far, tested] = [soonColumns(result), farColumns, testColumns(result)];
  const cellsOf = (columns: readonly Measured[], line: Ranked): Cell[] => columns.map((column) => cell(column, line));
  const rows = ranking.map(
    (line): Row => ({
      label: line.optimizer,
      series: series.get(line.optimizer),
      cells: [
        line.optimizer,
        line.lr === null ? null : { value: line.lr, text: rate(line.lr) },
        ...cellsOf(soon, line),
        cell(far[0], line),
        line.diverged > 0 ? `${line.diverged} of ${line.runs} diverged` : line.final && unbroken(costRange(line.final)),
        cell(far[1], line),
        ...cellsOf(tested, line),
        ...(all ? [] : [`${line.reached} of ${line.runs}`]),
      ],
    }),
  );
  const single = seedsOf(result)[0] === 1;
  return table({
    caption: "Who gets down how soon, and how far",
    columns: [
      "optimizer",
      { name: "rate", numeric: true },
      ...soon.map((column) => heading(column, single)),
      heading(far[0], single),
      "over seeds",
      heading(far[1], single),
      ...tested.map((column) => heading(column, single)),
      ...(all ? [] : ["arrived"]),
    ],
    rows,
  });
}

/** One seed does not tell what is chance; an accuracy has an interval of its own. */
const heading = ({ name, best }: Measured, single: boolean): Partial<Column> & { name: string } =>
  single && name !== ACCURACY ? { name, numeric: true } : { name, numeric: true, best };

function cell({ value, interval, write }: Measured, line: Ranked): Cell {
  const number = value(line) ?? null;
  return number === null ? null : { value: number, text: write(number), interval: interval(line) };
}

/** Steps and time to the target, with their ranges over the seeds. */
function soonColumns(result: CompareResult): Measured[] {
  const range = (measure: "steps" | "seconds") => (line: Ranked) => overArrivals(result, line, measure);
  return [
    { name: "steps", best: "min", value: ({ steps }) => steps, interval: range("steps"), write: count },
    { name: "time", best: "min", value: ({ seconds }) => seconds, interval: range("seconds"), write: duration },
  ];
}

/** From the first arrival over the seeds to the last, which is infinite where a run never arrives. */
export function overArrivals(
  { runs, target }: CompareResult,
  { optimizer }: Ranked,
  measure: "steps" | "seconds",
): Interval | undefined {
  if (target === null) return undefined;
  const own = runs.filter((run) => run.optimizer === optimizer && run.outcome.kind !== "interrupted");
  const values = own.map((run) => arrival(run, target)?.[measure] ?? Number.POSITIVE_INFINITY);
  return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)];
}

const ofSpread = (name: string, spread: (line: Ranked) => Spread | null, write = cost): Measured => ({
  name,
  best: "min",
  value: (line) => spread(line)?.median,
  interval: (line) => ends(spread(line)),
  write,
});

const ends = (spread: Spread | null): Interval | undefined => (spread === null ? undefined : [spread.low, spread.high]);

const farColumns = [ofSpread("final loss", ({ final }) => final), ofSpread("lowest loss", ({ best }) => best)] as const;

const ACCURACY = "test accuracy";

function testColumns({ dataset }: CompareResult): Measured[] {
  const loss = ofSpread("test loss", ({ testLoss }) => testLoss);
  if (dataset.task === "classification") {
    const value = ({ testAccuracy }: Ranked) => testAccuracy?.median ?? null;
    const interval = (line: Ranked) => wilson(value(line) ?? 0, dataset.counts[2]);
    return [{ name: ACCURACY, best: "max", value, interval, write: percent }];
  }
  if (dataset.target === undefined) return [loss];
  const errors = (value: number | null) => regressionErrors(value, dataset);
  const mapped = (name: string, best: "min" | "max", of: (value: number) => number | null): Measured => ({
    name,
    best,
    value: ({ testLoss }) => testLoss && of(testLoss.median),
    interval: ({ testLoss }) => {
      const both = [testLoss?.low, testLoss?.high].map((end) => (end === undefined ? null : of(end)));
      const [a, b] = both;
      return a === null || b === null ? undefined : [Math.min(a, b), Math.max(a, b)];
    },
    write: cost,
  });
  // The loss is the RMSE's square, in a unit that nobody has chosen.
  return [
    mapped("test RMSE", "min", (value) => errors(value)?.rmse ?? null),
    mapped("test R²", "max", (value) => errors(value)?.r2 ?? null),
  ];
}

/** A range stays on one line: no break is allowed after its dash. */
const unbroken = (range: string): string => range.replace("–", "–\u2060");
