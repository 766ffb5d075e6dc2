import { parameterCount } from "../nn/index.ts";
import { dataFacts, type RunRecord } from "../train/index.ts";
import { assemble } from "./assemble.ts";
import { type Contender, labelOf } from "./contender.ts";
import { jobFor } from "./job.ts";
import { type Listener, Listening } from "./listening.ts";
import { Progress } from "./progress.ts";
import type { CompareHead, CompareResult, Trial } from "./result.ts";
import { checkRuns, everyoneIn, planFor, type Subject, trialsFor } from "./runs.ts";
import type { CompareSettings } from "./settings.ts";
import { bestTrial, tune } from "./tuning.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Who hears of a comparison, and what stops it. */
export interface Audience {
  readonly onEvent?: Listener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares in a pool that is made for it and ended with it, however the comparison ends. Rejects with what `onEvent` throws.
 *
 * @param poolOn the workers, whose runs the signal ends
 */
export async function compareIn(
  subject: Subject,
  settings: CompareSettings,
  { onEvent, signal }: Audience,
  poolOn: (signal: AbortSignal) => Promise<WorkerPool>,
): Promise<CompareResult> {
  const listening = new Listening(onEvent, signal);
  const pool = await poolOn(listening.signal);
  try {
    const result = await runComparison(subject, settings, pool, listening.tell);
    listening.check();
    return result;
  } finally {
    await pool.dispose();
  }
}

/**
 * Compares optimizers on the same footing. All get the same first weights and the same batches in the same order (they
 * follow from the seed), the same number of trials of their learning rate, each as long as a final run, and the same
 * number of gradients in the final runs. Beside them, for the report, runs gradient descent on the full batch.
 */
export async function runComparison(
  subject: Subject,
  settings: CompareSettings,
  pool: WorkerPool,
  tell: Listener = () => {},
): Promise<CompareResult> {
  const begin = performance.now();
  const { trials, seeds } = settings;
  checkRuns(settings, subject);
  const head = headOf(subject, settings);
  const everyone = everyoneIn(settings);
  const progress = new Progress(passesOf(everyone, settings), tell);
  tell({ kind: "begin", optimizers: everyone.map(labelOf), trials, seeds, ...head });
  const done = await Promise.all(
    everyone.map((contender) => compareOne(contender, { settings, pool, tell, progress })),
  );
  return assemble(head, {
    trials: done.flatMap((each) => each.trials),
    runs: done.flatMap((each) => each.runs),
    outcome: progress.complete ? "completed" : "interrupted",
    seconds: (performance.now() - begin) / 1000,
  });
}

interface Comparison {
  readonly settings: CompareSettings;
  readonly pool: WorkerPool;
  readonly tell: Listener;
  readonly progress: Progress;
}

/** The search for a contender's rate, and then its final runs. */
async function compareOne(
  contender: Contender,
  { settings, pool, tell, progress }: Comparison,
): Promise<{ trials: Trial[]; runs: RunRecord[] }> {
  const { tuningEpochs, tuningSeeds, epochs, seeds } = settings;
  const optimizer = labelOf(contender);
  const budget = trialsFor(contender, settings);
  const plan = planFor(contender, settings);
  const onTrial = (trial: Trial): void => tell({ kind: "trial", ...trial });
  const search = { budget, seeds: tuningSeeds, progress, onTrial };
  const trials = await tune(pool, contender, { ...plan, epochs: tuningEpochs }, search);
  if (trials.length < budget) return { trials, runs: [] };
  const best = bestTrial(trials);
  if (best !== undefined) tell({ kind: "tuned", optimizer, lr: best.lr, loss: best.loss });
  const runs = await Promise.all(
    seeds.map(async (seed) => {
      const count = progress.of(epochs);
      const run = await pool.run(jobFor(contender, { ...plan, seed, epochs }, best?.lr), (epoch) => {
        count.epoch();
        tell({ kind: "epoch", optimizer, seed, ...epoch });
      });
      count.end(run);
      if (run !== undefined) tell({ kind: "run", ...run });
      return run;
    }),
  );
  return { trials, runs: runs.filter((run) => run !== undefined).filter(isTelling) };
}

/** A run that was interrupted before its first epoch has nothing to tell. */
const isTelling = ({ epochs, outcome }: RunRecord): boolean => epochs.length > 0 || outcome.kind !== "interrupted";

const passesOf = (everyone: readonly Contender[], settings: CompareSettings): number => {
  const { seeds, epochs, tuningSeeds, tuningEpochs } = settings;
  const trial = tuningSeeds.length * tuningEpochs;
  const passes = everyone.map((contender) => seeds.length * epochs + trialsFor(contender, settings) * trial);
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
