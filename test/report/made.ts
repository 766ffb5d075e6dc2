import {
  assembleResult,
  type CompareResult,
  type Contender,
  FULL_BATCH,
  labelOf,
  resolveCompareOptions,
  type Trial,
} from "../../src/compare/index.ts";
import type { RunFolder, Summary } from "../../src/report/index.ts";
import type { RunRecord } from "../../src/train/index.ts";

/** Runs and comparisons made by hand, to see what is said of them. */

export interface MadeRun {
  readonly optimizer?: string;
  readonly seed?: number;
  /** The validation loss of each epoch. */
  readonly validation?: readonly (number | null)[];
  /** The training loss of each epoch. Default: as the validation loss. */
  readonly train?: readonly (number | null)[];
  /** The validation accuracy of each epoch; none makes a regression. Default: 0.9. */
  readonly accuracy?: number | null;
  readonly test?: RunRecord["test"];
  readonly diverged?: boolean;
  /** The loss of the first batch. */
  readonly first?: number;
  readonly more?: Partial<RunRecord>;
}

/** A run of ten steps in each epoch. */
export function madeRun(options: MadeRun = {}): RunRecord {
  const { optimizer = "adam", seed = 1, validation = [1, 0.5, 0.2], train = validation, accuracy = 0.9 } = options;
  const { test = accuracy === null ? { loss: 0.3 } : { loss: 0.3, accuracy }, diverged = false, first = 2.3 } = options;
  const right = accuracy === null ? {} : { accuracy };
  const steps = 10 * validation.length;
  return {
    ...{ data: "digits", model: "mlp:64-32-10", optimizer, hyper: { lr: 0.1 }, seed, batchSize: 32, parameters: 2410 },
    epochs: validation.map((loss, i) => ({
      ...{ epoch: i + 1, steps: 10 * (i + 1), seconds: (i + 1) / 10 },
      train: { loss: train[i], ...right },
      validation: { loss, ...right },
      ...{ gradientNorm: 1, updateRatio: 0.01 },
    })),
    ...{ steps, seconds: validation.length / 10, test: diverged ? { loss: null } : test },
    outcome: diverged
      ? { kind: "diverged", step: steps, reason: `the loss is Infinity at step ${steps + 1}` }
      : { kind: "completed", step: steps, reason: "all steps were taken" },
    batches: { every: 1, losses: [first, 1.5, 1] },
    ...options.more,
  };
}

export interface MadeComparison {
  readonly runs: readonly RunRecord[];
  readonly full?: RunRecord;
  readonly trials?: readonly Trial[];
  /** How many rates each optimizer was to try. Default: two where there are trials, else none. */
  readonly asked?: number;
  /** The seeds that were asked for. Default: those of the runs. */
  readonly seeds?: readonly number[];
  readonly optimizers?: readonly Contender[];
  readonly target?: { readonly loss: number } | { readonly accuracy: number };
  readonly dataset?: Partial<CompareResult["dataset"]>;
  readonly outcome?: CompareResult["outcome"];
}

export function madeComparison({ runs, full, trials = [], target, dataset, outcome, ...more }: MadeComparison) {
  const names = [...new Set(runs.map(({ optimizer }) => optimizer))];
  const { optimizers = names.map((rule) => ({ rule })) } = more;
  const { seeds = [...new Set(runs.map(({ seed }) => seed))], asked = trials.length > 0 ? 2 : 0 } = more;
  const settings = resolveCompareOptions({
    optimizers: optimizers.length > 0 ? optimizers : [{ rule: "adam" }],
    epochs: Math.max(1, ...runs.map(({ epochs }) => epochs.length)),
    seeds: seeds.length > 0 ? seeds : [1],
    trials: asked,
    ...(target === undefined ? {} : { target }),
  });
  const beside = full === undefined ? [] : [{ ...full, optimizer: FULL_BATCH }];
  const head = {
    ...{ data: "digits", model: "mlp:64-32-10", parameters: 2410, settings },
    dataset: {
      task: "classification" as const,
      ...{ inputShape: [64], outputs: 10, source: "somewhere", licence: "free", counts: [1000, 300, 300] as const },
      ...dataset,
    },
  };
  return assembleResult(head, { trials, runs: [...runs, ...beside], outcome: outcome ?? "completed", seconds: 1 });
}

export const labels = (result: CompareResult): string[] => result.settings.optimizers.map(labelOf);

export const folderOf = (summary: Summary): RunFolder => ({
  path: "runs/a",
  config: {
    ...{
      format: 1,
      kind: summary.kind === "folds" ? "train" : summary.kind,
      name: "n",
      startedAt: "2026-11-22T15:04:05.000Z",
    },
    ...{ command: "downhill again --seed 1", settings: {} },
  },
  environment: null,
  metrics: [],
  summary,
});

/** The text of a page without its tags, style and script. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, " ");
