import {
  type CompareResult,
  FULL_BATCH,
  median,
  type Ranked,
  regressionErrors,
  type TargetUsed,
} from "../compare/index.ts";
import { quote } from "../expr/quote.ts";
import { seedsOf } from "./compare-done.ts";
import { cost, costRange, count, duration, goalWords, intervalWords, percent, rate, several } from "./phrases.ts";

/** A table of words: numbers are right-aligned, the rest left. */
export interface EndTable {
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** What the table's words mean: the target and where it comes from, what the spread is. */
  readonly notes: readonly string[];
}

type Cell = (line: Ranked) => string;

/** The comparison's ranking in words, for a terminal. */
export function endTable(result: CompareResult): EndTable {
  const { ranking } = result;
  const classes = result.dataset.task === "classification";
  const left = { align: "left" } as const;
  const right = { align: "right" } as const;
  const errors = ({ testLoss }: Ranked) => regressionErrors(testLoss?.median ?? null, result.dataset);
  const columns: readonly (readonly [title: string, side: typeof left | typeof right, cell: Cell])[] = [
    ["", right, (line) => String(line.rank)],
    ["optimizer", left, (line) => line.optimizer],
    ["rate", right, (line) => rate(line.lr)],
    ["steps", right, (line) => (line.steps === null ? "–" : count(line.steps))],
    ["time", right, (line) => (line.seconds === null ? "–" : duration(line.seconds))],
    ["final loss", right, (line) => (line.final === null ? lossless(line) : cost(line.final.median))],
    ["over seeds", left, spreadOf],
    ["lowest loss", right, (line) => cost(line.best?.median ?? null)],
    classes
      ? ["test accuracy", right, (line) => (line.testAccuracy === null ? "–" : percent(line.testAccuracy.median))]
      : ["test loss", right, (line) => cost(line.testLoss?.median ?? null)],
    ...(result.dataset.target === undefined
      ? []
      : [["test RMSE", right, (line: Ranked) => cost(errors(line)?.rmse ?? null)] as const]),
  ];
  return {
    columns: columns.map(([title, side]) => ({ title, ...side })),
    rows: ranking.map((line) => columns.map(([, , cell]) => cell(line))),
    notes: ranking.length === 0 ? ["No final run finished."] : notesOf(result),
  };
}

const lossless = ({ diverged, runs }: Ranked): string => (diverged === runs ? "diverged" : "–");

function spreadOf({ final, runs, diverged }: Ranked): string {
  if (diverged > 0) return `${diverged} of ${runs} diverged`;
  return final === null || runs === 1 ? "" : costRange(final);
}

function notesOf(result: CompareResult): string[] {
  const { target, ranking } = result;
  const [least, most] = seedsOf(result);
  const over = most === 1 ? "" : `; medians of ${least === most ? "" : `${least} to `}${most} seeds`;
  return [
    ...(target === null
      ? [`no target: ${NO_TARGET}`]
      : [`steps, time: until ${goalWords(target)}${target.given ? "" : `, which is ${targetRule(result)}`}`]),
    ...(target !== null && ranking.every(({ steps }) => steps === null) ? [nobodyArrived(ranking)] : []),
    ...metAtTheStart(result).map((words) => `target: ${words}`),
    `final, lowest loss: on the validation set${over}${most === 1 ? "" : "; over seeds: the range of the final loss"}`,
    ...testNotes(result),
    ...(result.fullBatch === null
      ? []
      : [`beside these ran ${FULL_BATCH}: in the report, and counted in the progress, but not ranked`]),
  ];
}

/** What a test figure is worth: how far chance reaches, and what needs no learning. */
export function testNotes({ dataset, ranking }: CompareResult): string[] {
  const [, , examples] = dataset.counts;
  const accuracies = ranking.flatMap(({ testAccuracy }) => testAccuracy?.median ?? []);
  const { majority, target } = dataset;
  if (dataset.task === "regression")
    return target === undefined
      ? []
      : [
          "losses: mean squared errors of standardised targets, near 1 for always answering the mean; RMSE: in the target's unit",
        ];
  if (accuracies.length === 0 || examples === 0) return [];
  const top = Math.max(...accuracies);
  const baseline = majority?.test ?? null;
  return [
    `test accuracy: ${percent(top)} has the ${intervalWords(top, examples)}`,
    ...(baseline === null ? [] : [`always answering ${quote(majority?.class ?? "")}: ${percent(baseline)}`]),
  ];
}

/** Why there may be no target. */
export const NO_TARGET = "for half of the optimizers or more there is no validation loss to go by";

/** That nobody arrived, or how few did. */
export function nobodyArrived(ranking: readonly Ranked[]): string {
  const some = ranking.filter(({ reached }) => reached > 0);
  if (some.length === 0) return "no run reached it";
  const few = some.map(({ optimizer, reached, runs }) => `${optimizer} in ${reached} of ${runs} runs`);
  return `no optimizer reached it in more than half of its runs (${few.join(", ")})`;
}

/** A loss that the first batches have already is no target; nothing is said of one that was worked out. */
export function metAtTheStart({ target, runs }: CompareResult): string[] {
  if (target === null || !target.given || target.measure === "accuracy") return [];
  const starts = runs.flatMap(({ batches }) => batches.losses[0] ?? []);
  if (starts.length === 0 || Math.max(...starts) > target.value) return [];
  return [`the first batches have a loss of ${cost(Math.max(...starts))} or less already, before any step`];
}

/** Where a target comes from that was not given; where no way leads down, it is the lowest loss itself. */
export function targetRule({ target, runs }: CompareResult): string {
  const start = median(runs.flatMap(({ batches }) => batches.losses[0] ?? []));
  return target !== null && start > target.value
    ? "90 % of the way (log scale) from the first loss to the median optimizer's lowest loss"
    : "the median optimizer's lowest loss, which is not below the first one";
}

/** `the validation loss is 0.138 or less` */
export const goal = ({ measure, value }: TargetUsed): string =>
  goalWords({ measure, value }).replace(/^validation (\w+)/, "the validation $1 is");

export const overSeeds = (least: number, most: number): string =>
  most === 1 ? "of the one seed" : `medians over ${least === most ? "" : `${least} to `}${several(most, "seed")}`;
