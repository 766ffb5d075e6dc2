import type { RunRecord } from "../train/index.ts";
import type { Ranked, TargetUsed } from "./result.ts";
import { median, spread } from "./statistics.ts";
import { arrival, lowestLoss } from "./target.ts";

/** One optimizer's part in a comparison. */
export interface Entry {
  readonly optimizer: string;
  readonly lr: number | null;
  readonly tuned: boolean;
  /** Its final runs, without those that were interrupted. */
  readonly runs: readonly RunRecord[];
}

/**
 * The optimizers in the order in which they get down to the target, by the median of their steps. Those that take the same
 * number, and those that never arrive, are ordered by their median final cost; of one without a run there is no line.
 */
export function rank(entries: readonly Entry[], target: TargetUsed | null): Ranked[] {
  return entries
    .filter(({ runs }) => runs.length > 0)
    .map((entry) => ({
      line: lineOf(entry, target),
      cost: median(entry.runs.map((run) => finalLoss(run) ?? Infinity)),
    }))
    .sort((a, b) => compare(a.line.steps ?? Infinity, b.line.steps ?? Infinity) || compare(a.cost, b.cost))
    .map(({ line }, i) => ({ rank: i + 1, ...line }));
}

/** Equal infinities have no difference. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The cost after the last epoch; of a run that diverged there is none. */
const finalLoss = ({ epochs, outcome }: RunRecord): number | null =>
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
    steps: middle(arrivals.map((epoch) => epoch?.steps)),
    seconds: middle(arrivals.map((epoch) => epoch?.seconds)),
    runs: runs.length,
    reached: arrivals.filter((epoch) => epoch !== undefined).length,
    diverged: runs.length - whole.length,
  };
}

/** The median with what is missing counted as never; null where that is never. */
function middle(values: readonly (number | undefined)[]): number | null {
  const value = median(values.map((each) => each ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(value) ? value : null;
}
