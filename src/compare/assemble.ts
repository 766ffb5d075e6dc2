import { ruleOf } from "../optimizers/index.ts";
import type { RunRecord } from "../train/index.ts";
import { type Contender, labelOf } from "./contender.ts";
import { type Entry, rank } from "./ranking.ts";
import type { BestRun, CompareHead, CompareResult, Trial } from "./result.ts";
import { targetFor } from "./target.ts";
import { bestTrial } from "./tuning.ts";

/**
 * The label of the baseline, gradient descent on the full batch, which is shown beside the optimizers but not ranked.
 */
export const FULL_BATCH = "gradient-descent, full batch";

/** The trials and runs that were made, in any order. */
export interface CompareWork {
  /** Trials of learning rates. */
  readonly trials: readonly Trial[];
  /** Final runs. */
  readonly runs: readonly RunRecord[];
  /** The run whose weights are kept, if any. */
  readonly best?: BestRun | null;
  /** Whether all runs were made. */
  readonly outcome: CompareResult["outcome"];
  /** Wall-clock seconds of the whole comparison. */
  readonly seconds: number;
}

/**
 * The result of a comparison: trials and runs in the order of the settings, with target and ranking. Throws a
 * RangeError for a rule that this version does not have.
 */
export function assembleResult(head: CompareHead, work: CompareWork): CompareResult {
  const { trials, best, outcome, seconds } = work;
  const runs = [...work.runs].sort((a, b) => a.seed - b.seed);
  for (const contender of head.settings.optimizers) ruleOf(contender); // throws for a rule that this version does not have
  const entries = head.settings.optimizers.map((contender) => entryOf(contender, trials, runs));
  const target = targetFor(
    head.settings.target,
    entries.map((entry) => entry.runs),
  );
  const labels = entries.map(({ optimizer }) => optimizer);
  const full = { sensitivity: trials.filter(isFull), runs: runs.filter(isFull) };
  return {
    ...head,
    target,
    ranking: rank(entries, target),
    runs: inOrder(runs, labels),
    sensitivity: inOrder(trials, labels),
    fullBatch: full.runs.length === 0 ? null : { lr: bestTrial(full.sensitivity)?.lr ?? null, ...full },
    ...(best === undefined ? {} : { best }),
    outcome,
    seconds,
  };
}

const isFull = ({ optimizer }: { readonly optimizer: string }): boolean => optimizer === FULL_BATCH;

const inOrder = <T extends { readonly optimizer: string }>(all: readonly T[], labels: readonly string[]): T[] =>
  labels.flatMap((label) => all.filter(({ optimizer }) => optimizer === label));

function entryOf(contender: Contender, trials: readonly Trial[], runs: readonly RunRecord[]): Entry {
  const optimizer = labelOf(contender);
  const own = trials.filter((trial) => trial.optimizer === optimizer);
  return {
    optimizer,
    lr: bestTrial(own)?.lr ?? contender.hyper?.lr ?? ruleOf(contender).spec.hyper.lr ?? null,
    tuned: own.length > 0,
    runs: runs.filter((run) => run.optimizer === optimizer && run.outcome.kind !== "interrupted"),
  };
}
