import { median } from "../averages/index.ts";
import type { RunRecord } from "../train/index.ts";
import type { Ranked, TargetUsed } from "./result.ts";
import { spread } from "./statistics.ts";
import { arrival, lowestLoss } from "./target.ts";

/** One optimizer's results in a comparison. */
export interface Entry {
  readonly optimizer: string;
  readonly lr: number | null;
  readonly tuned: boolean;
  /** Its final runs, except interrupted ones. */
  readonly runs: readonly RunRecord[];
}

/**
 * Ranks the optimizers by their median number of steps to the target. Ties, and those that do not reach it in most runs, are
 * ordered by their median final loss. An optimizer without a finished run is left out.
 */
export function rank(entries: readonly Entry[], target: TargetUsed | null): Ranked[] {
  return entries
    .filter(({ runs }) => runs.length > 0)
    .map((entry) => ({
      line: lineOf(entry, target),
      loss: median(entry.runs.map((run) => finalLoss(run) ?? Infinity)),
    }))
    .sort((a, b) => compare(a.line.steps ?? Infinity, b.line.steps ?? Infinity) || compare(a.loss, b.loss))
    .map(({ line }, i) => ({ rank: i + 1, ...line }));
}

/** Without a subtraction for equal infinities, whose difference is NaN. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The validation loss after the last epoch; null for a run that diverged. */
export const finalLoss = ({ epochs, outcome }: RunRecord): number | null =>
  outcome.kind === "diverged" ? null : (epochs.at(-1)?.validation.loss ?? null);

function lineOf({ optimizer, lr, tuned, runs }: Entry, target: TargetUsed | null): Omit<Ranked, "rank"> {
  const whole = runs.filter(({ outcome }) => outcome.kind !== "diverged");
  const arrivals = runs.map((run) => (target === null ? undefined : arrival(run, target)));
  return {
    optimizer,
    lr,
    tuned,
    final: spread(runs.map(finalLoss)),
    best: spread(runs.map(lowestLoss).filter(Number.isFinite)),
    train: spread(whole.map(({ epochs }) => epochs.at(-1)?.train.loss)),
    testAccuracy: spread(whole.map(({ test }) => test.accuracy)),
    testLoss: spread(whole.map(({ test }) => test.loss)),
    steps: medianArrival(arrivals.map((epoch) => epoch?.steps)),
    seconds: medianArrival(arrivals.map((epoch) => epoch?.seconds)),
    runs: runs.length,
    reached: arrivals.filter((epoch) => epoch !== undefined).length,
    diverged: runs.length - whole.length,
  };
}

/** The median, where a run that never arrives counts as infinite; null where the median is infinite. */
function medianArrival(values: readonly (number | undefined)[]): number | null {
  const value = median(values.map((each) => each ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(value) ? value : null;
}
