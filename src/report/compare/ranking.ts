import { arrival, type CompareResult, type Ranked, type Spread, wilson } from "../../compare/index.ts";
import { type Block, prose } from "../../figure/index.ts";
import { errorsFromLoss } from "../../metrics/index.ts";
import * as format from "../format.ts";
import { type Column, type Interval, numberColumn, tableBlock, textColumn } from "../table.ts";
import { bestSentence } from "./best-words.ts";
import { seedsOf } from "./completion.ts";
import { seriesOf } from "./curve-figures.ts";
import { verdict } from "./verdict.ts";

/** The ranking as a table, and how to read it. */
export function rankingBlocks(result: CompareResult): Block[] {
  const series = new Map(seriesOf(result).map((each) => [each.label, each.series]));
  const ranking = tableBlock({
    caption: "Optimizers by their steps to the target, then by their final loss",
    columns: rankingColumns(result),
    rows: result.ranking,
    curve: ({ optimizer }) => ({ label: optimizer, series: series.get(optimizer) }),
  });
  return [ranking, prose(...verdict(result), ...bestSentence(result))];
}

/** The comparison's ranking as a table. */
export function rankingColumns(result: CompareResult): Column<Ranked>[] {
  const { ranking } = result;
  const [least, most] = seedsOf(result);
  // With one seed any difference may be chance.
  const best = least === 1 ? undefined : "min";
  const varied = most > 1 || ranking.some(({ diverged }) => diverged > 0);
  const arrived = ranking.every(({ reached, runs }) => reached === runs);
  return [
    textColumn("optimizer", ({ optimizer }) => optimizer),
    numberColumn("lr", ({ lr }) => lr, format.setting),
    numberColumn("steps", ({ steps }) => steps, format.middle, { best, interval: arrivals(result, "steps") }),
    numberColumn("time", ({ seconds }) => seconds, format.duration, {
      best: timesTell(result) ? best : undefined,
      interval: arrivals(result, "seconds"),
    }),
    numberColumn("final loss", finalLoss, format.loss, { best, interval: ({ final }) => ends(final) }),
    ...(varied ? [numberColumn("over seeds", overSeeds, format.loss)] : []),
    ofSpread("lowest loss", (line) => line.best, best),
    ...testColumns(result, best),
    ...(arrived ? [] : [textColumn("arrived", ({ reached, runs }: Ranked) => `${reached} of ${runs}`)]),
  ];
}

const finalLoss = ({ final, diverged, runs }: Ranked): number | string | undefined =>
  diverged === runs ? "diverged" : final?.median;

const overSeeds = ({ final, diverged, runs }: Ranked): string | null =>
  diverged > 0 ? `${diverged} of ${runs} diverged` : final && format.lossRange(final);

/** The range of the arrivals at the target over the seeds. */
const arrivals =
  (result: CompareResult, measure: "steps" | "seconds") =>
  (line: Ranked): Interval | undefined =>
    overArrivals(result, line, measure);

/** Seconds below which it is the machine and its load that decide who is first. */
const LEAST_TELLING = 0.05;

/** Whether all times to the target are long enough to be compared. */
export const timesTell = ({ ranking }: Pick<CompareResult, "ranking">): boolean =>
  ranking.every(({ seconds }) => seconds === null || seconds >= LEAST_TELLING);

/** From the first arrival over the seeds to the last, infinite if a run never arrives. */
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

const ofSpread = (head: string, of: (line: Ranked) => Spread | null, best: "min" | undefined): Column<Ranked> =>
  numberColumn(head, (line) => of(line)?.median, format.loss, { best, interval: (line) => ends(of(line)) });

const ends = (spread: Spread | null): Interval | undefined => (spread === null ? undefined : [spread.low, spread.high]);

function testColumns({ dataset }: CompareResult, best: "min" | undefined): Column<Ranked>[] {
  if (dataset.task === "classification") {
    const accuracy = ({ testAccuracy }: Ranked): number | undefined => testAccuracy?.median;
    // An accuracy has its own interval, also with a single seed.
    const interval = (line: Ranked): Interval => wilson(accuracy(line) ?? 0, dataset.counts[2]);
    return [numberColumn("test accuracy", accuracy, format.percent, { best: "max", interval })];
  }
  const { target } = dataset;
  if (target === undefined) return [ofSpread("test loss", ({ testLoss }) => testLoss, best)];
  const errors = (loss: number) => errorsFromLoss(loss, target);
  // The loss is the square of the RMSE, in the unit of the standardised target.
  return [
    ofTestLoss("test RMSE", (loss) => errors(loss).rmse, format.loss, best),
    ofTestLoss("test R²", (loss) => errors(loss).r2, format.rSquared, best && "max"),
  ];
}

/** A value computed from the test loss, with its range. */
const ofTestLoss = (
  head: string,
  of: (loss: number) => number | null | undefined,
  write: (value: number) => string,
  best: "min" | "max" | undefined,
): Column<Ranked> =>
  numberColumn(head, ({ testLoss }) => testLoss && of(testLoss.median), write, {
    best,
    interval: ({ testLoss }) => {
      const [a, b] = [testLoss?.low, testLoss?.high].map((end) => (end === undefined ? undefined : of(end)));
      return typeof a === "number" && typeof b === "number" ? [Math.min(a, b), Math.max(a, b)] : undefined;
    },
  });
