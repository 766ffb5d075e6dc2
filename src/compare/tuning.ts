import { ruleOf } from "../optimizers/index.ts";
import type { BatchPlan, RunRecord, TrainPlan } from "../train/index.ts";
import { type Contender, labelOf } from "./contender.ts";
import { jobFor } from "./job.ts";
import type { TuningLoss } from "./options.ts";
import type { Progress } from "./progress.ts";
import { nextPlace, placeOf, rateAt, type TriedRate } from "./rates.ts";
import type { Trial } from "./result.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** The budget of a search, and how to report its progress. */
export interface Search {
  /** Rates to try. */
  readonly budget: number;
  /** Each rate is tried on all of these. */
  readonly seeds: readonly number[];
  readonly progress: Progress;
  readonly onTrial: (trial: Trial) => void;
  /** The loss that rates are judged by. Default: "validation". */
  readonly tuneOn?: TuningLoss;
}

/** Searches for a contender's learning rate. Returns fewer trials than the budget allows if the comparison is interrupted. */
export async function tune(
  pool: WorkerPool,
  contender: Contender,
  plan: TrainPlan & BatchPlan & { readonly epochs: number },
  { budget, seeds, progress, onTrial, tuneOn = "validation" }: Search,
): Promise<Trial[]> {
  const start = placeOf(ruleOf(contender).spec.hyper.lr);
  const tried: TriedRate[] = [];
  const trials: Trial[] = [];
  while (tried.length < budget) {
    const place = nextPlace(tried, start);
    const lr = rateAt(place);
    const runs = await Promise.all(
      seeds.map(async (seed) => {
        const count = progress.startRun(plan.epochs);
        const run = await pool.run(jobFor(contender, { ...plan, seed }, lr), { onEpoch: () => count.epoch() });
        count.end(run);
        return run;
      }),
    );
    if (runs.some((run) => run === undefined || run.outcome.kind === "interrupted")) break;
    const loss = mean(runs.map((run) => (run === undefined ? null : scoreOf(run, tuneOn))));
    tried.push({ place, loss });
    trials.push({ optimizer: labelOf(contender), lr, loss });
    onTrial(trials[trials.length - 1]);
  }
  return trials;
}

/** The trial with the lowest loss; in a tie, the one with the smaller rate. */
export const bestTrial = (trials: readonly Trial[]): Trial | undefined =>
  [...trials].sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity) || a.lr - b.lr)[0];

/**
 * The score of a trial: its mean loss over the second half of its epochs. So a rate must reach a low loss, and soon;
 * the last epoch alone would be noisy among good rates.
 */
function scoreOf({ epochs, outcome }: RunRecord, tuneOn: TuningLoss): number | null {
  if (outcome.kind === "diverged") return null;
  const half = epochs.slice(epochs.length >> 1);
  return mean(half.map(({ train, validation }) => (tuneOn === "training" ? train : validation).loss));
}

/** Null if one of them is null. */
function mean(losses: readonly (number | null)[]): number | null {
  const sum = losses.reduce<number>((total, loss) => total + (loss ?? Number.NaN), 0);
  return Number.isFinite(sum) && losses.length > 0 ? sum / losses.length : null;
}
