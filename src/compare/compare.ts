import { parameterCount } from "../nn/index.ts";
import { dataFacts, type EpochRecord, type RunRecord } from "../train/index.ts";
import { assembleResult, FULL_BATCH } from "./assemble.ts";
import { type BestModel, KeptWeights, type Weights } from "./best-model.ts";
import { type Contender, labelOf } from "./contender.ts";
import { type FinishedRuns, remembering } from "./finished-runs.ts";
import { jobFor } from "./job.ts";
import { GuardedListener, type Listener } from "./listener.ts";
import { Progress } from "./progress.ts";
import type { CompareHead, CompareResult, Trial } from "./result.ts";
import { allContenders, checkRuns, planFor, type Subject, trialsFor } from "./runs.ts";
import type { CompareSettings } from "./settings.ts";
import { bestTrial, tune } from "./tuning.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** How a caller follows a comparison and stops it. */
export interface Callbacks {
  readonly onEvent?: Listener | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly finished?: FinishedRuns | undefined;
}

/**
 * Compares with a pool of workers that is disposed of afterwards, however the comparison ends. Rejects with what `onEvent` throws.
 *
 * @param poolOn makes the pool; the signal ends its runs
 */
export async function compareWithPool(
  subject: Subject,
  settings: CompareSettings,
  { onEvent, signal, finished }: Callbacks,
  poolOn: (signal: AbortSignal) => Promise<WorkerPool>,
): Promise<Comparison> {
  const listener = new GuardedListener(onEvent, signal);
  const pool = await poolOn(listener.signal);
  try {
    const working = finished === undefined ? pool : remembering(pool, finished);
    const result = await runComparison(subject, settings, working, listener.emit);
    listener.check();
    return result;
  } finally {
    await pool.dispose();
  }
}

/**
 * Compares optimizers on an equal footing: the same initial weights, the same batches in the same order (both follow from the
 * seed), the same number of trials for tuning the learning rate, and the same number of gradients in the final runs. For the
 * report, gradient descent on the full batch runs as well.
 */
export async function runComparison(
  subject: Subject,
  settings: CompareSettings,
  pool: WorkerPool,
  tell: Listener = () => {},
): Promise<Comparison> {
  const begin = performance.now();
  const { trials, seeds } = settings;
  checkRuns(settings, subject);
  const head = headOf(subject, settings);
  const contenders = allContenders(settings);
  const progress = new Progress(passesOf(contenders, settings), tell);
  const kept = new KeptWeights();
  tell({ kind: "begin", optimizers: contenders.map(labelOf), trials, seeds, ...head });
  const done = await Promise.all(
    contenders.map((contender) => compareOne(contender, { settings, pool, tell, progress, kept })),
  );
  const result = assembleResult(head, {
    trials: done.flatMap((each) => each.trials),
    runs: done.flatMap((each) => each.runs),
    outcome: progress.complete ? "completed" : "interrupted",
    seconds: (performance.now() - begin) / 1000,
  });
  const { data, model } = subject;
  return { ...result, best: kept.bestOf(result, { model, preprocessing: data.preprocessing }) };
}

/** A comparison's result, with the model of its best run. */
export interface Comparison extends CompareResult {
  /** The model with the weights of the best final run. JSON holds the name of that run alone. */
  readonly best: BestModel | null;
}

interface Contest {
  readonly settings: CompareSettings;
  readonly pool: WorkerPool;
  readonly tell: Listener;
  readonly progress: Progress;
  readonly kept: KeptWeights;
}

/** Tunes a contender's learning rate, then makes its final runs. */
async function compareOne(
  contender: Contender,
  { settings, pool, tell, progress, kept }: Contest,
): Promise<{ trials: Trial[]; runs: RunRecord[] }> {
  const { tuningEpochs, tuningSeeds, tuneOn, epochs, seeds } = settings;
  const optimizer = labelOf(contender);
  const budget = trialsFor(contender, settings);
  const plan = planFor(contender, settings);
  const onTrial = (trial: Trial): void => tell({ kind: "trial", ...trial });
  const search = { budget, seeds: tuningSeeds, progress, onTrial, ...(tuneOn && { tuneOn }) };
  const trials = await tune(pool, contender, { ...plan, epochs: tuningEpochs }, search);
  if (trials.length < budget) return { trials, runs: [] };
  const best = bestTrial(trials);
  if (best !== undefined) tell({ kind: "tuned", optimizer, lr: best.lr, loss: best.loss });
  const runs = await Promise.all(
    seeds.map(async (seed) => {
      const count = progress.startRun(epochs);
      const onEpoch = (epoch: EpochRecord): void => {
        count.epoch();
        tell({ kind: "epoch", optimizer, seed, ...epoch });
      };
      let weights: Weights | undefined;
      const onWeights = (last: Weights): void => {
        weights = last;
      };
      const isRanked = optimizer !== FULL_BATCH;
      const run = await pool.run(jobFor(contender, { ...plan, seed, epochs }, best?.lr), {
        ...{ onEpoch, ...(isRanked && { onWeights }) },
      });
      count.end(run);
      if (run !== undefined && weights !== undefined) kept.offer(run, weights);
      if (run !== undefined) tell({ kind: "run", ...run });
      return run;
    }),
  );
  return { trials, runs: runs.filter((run) => run !== undefined).filter(hasResult) };
}

/** A run that was interrupted before the end of its first epoch has no result. */
const hasResult = ({ epochs, outcome }: RunRecord): boolean => epochs.length > 0 || outcome.kind !== "interrupted";

const passesOf = (contenders: readonly Contender[], settings: CompareSettings): number => {
  const { seeds, epochs, tuningSeeds, tuningEpochs } = settings;
  const trial = tuningSeeds.length * tuningEpochs;
  const passes = contenders.map((contender) => seeds.length * epochs + trialsFor(contender, settings) * trial);
  return passes.reduce((sum, each) => sum + each, 0);
};

function headOf({ data, model }: Subject, settings: CompareSettings): CompareHead {
  const { inputShape, outputs, source, licence } = data;
  return {
    data: data.name,
    model: model.name,
    parameters: parameterCount(model),
    dataset: { ...dataFacts(data, model.loss), inputShape, outputs, source, licence },
    settings,
  };
}
