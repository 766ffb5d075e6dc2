import type { Vector } from "../expr/index.ts";
import type { Model, Trained } from "../nn/index.ts";
import type { RunRecord } from "../train/index.ts";
import { finalLoss } from "./ranking.ts";
import type { BestRun, CompareResult } from "./result.ts";

/** A run's last weights, which its test figures are for, and its model's state. */
export interface Weights {
  readonly w: Vector;
  readonly s: Vector;
}

/** The validation loss after a run's last epoch; infinite for one that diverged or was interrupted. */
export const lastLoss = (run: RunRecord): number =>
  (run.outcome.kind === "interrupted" ? null : finalLoss(run)) ?? Number.POSITIVE_INFINITY;

/** Keeps one run's weights for each contender: those with the lowest validation loss so far, of equals those with the smaller seed. */
export class KeptWeights {
  readonly #kept = new Map<string, { readonly run: RunRecord; readonly weights: Weights }>();

  offer(run: RunRecord, weights: Weights): void {
    const best = this.#kept.get(run.optimizer)?.run;
    const [loss, lowest] = [lastLoss(run), best === undefined ? Number.POSITIVE_INFINITY : lastLoss(best)];
    if (loss < lowest || (best !== undefined && loss === lowest && run.seed < best.seed))
      this.#kept.set(run.optimizer, { run, weights });
  }

  /** The best model of the optimizer that was ranked first; null where none of its runs has one. */
  bestOf({ ranking }: Pick<CompareResult, "ranking">, net: Pick<Trained, "model" | "preprocessing">): BestModel | null {
    const kept = ranking.length === 0 ? undefined : this.#kept.get(ranking[0].optimizer);
    if (kept === undefined) return null;
    const { optimizer, seed } = kept.run;
    return new BestModel({ optimizer, seed }, { ...net, ...kept.weights });
  }
}

/**
 * The model of the best final run with its weights, for `save` and predictions: of the optimizer that was ranked first, the run with the
 * lowest validation loss after its last epoch. As JSON it is the name of that run alone.
 */
export class BestModel implements BestRun, Trained {
  readonly optimizer: string;
  readonly seed: number;
  readonly #trained: Trained & Weights;

  constructor({ optimizer, seed }: BestRun, trained: Trained & Weights) {
    [this.optimizer, this.seed] = [optimizer, seed];
    this.#trained = trained;
  }

  get model(): Model {
    return this.#trained.model;
  }

  /** All parameters, in the model's order. */
  get w(): Vector {
    return this.#trained.w;
  }

  /** The model's state; empty if it has none. */
  get s(): Vector {
    return this.#trained.s;
  }

  get preprocessing(): Trained["preprocessing"] {
    return this.#trained.preprocessing;
  }
}
