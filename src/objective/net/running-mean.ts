/** What one pass over a batch says. */
export interface BatchResult {
  /** The mean loss of the batch. */
  readonly loss: number;
  /** How many of its examples are right; undefined where the loss cannot say. */
  readonly correct: number | undefined;
}

/** The mean over a set of examples. */
export interface Evaluation {
  readonly loss: number;
  /** The part of the examples that are right, 0 to 1. */
  readonly accuracy?: number;
  /** True where an interruption cut the evaluation off. The loss is NaN then. */
  readonly cutOff?: true;
}

/** An evaluation that did not come to its end. */
export const CUT_OFF: Evaluation = { loss: Number.NaN, cutOff: true };

/** A mean over batches of different size, each weighted by its examples. */
export class RunningMean {
  #loss = 0;
  #correct: number | undefined = 0;
  #count = 0;

  add({ loss, correct }: BatchResult, count: number): void {
    this.#loss += loss * count;
    this.#correct = correct === undefined || this.#correct === undefined ? undefined : this.#correct + correct;
    this.#count += count;
  }

  value(): Evaluation {
    const loss = this.#loss / this.#count;
    return this.#correct === undefined ? { loss } : { loss, accuracy: this.#correct / this.#count };
  }

  /** Plain data, to be saved in the middle of an epoch. */
  save(): { loss: number; correct: number | null; count: number } {
    return { loss: this.#loss, correct: this.#correct ?? null, count: this.#count };
  }

  static restore({ loss, correct, count }: ReturnType<RunningMean["save"]>): RunningMean {
    const mean = new RunningMean();
    mean.#loss = loss;
    mean.#correct = correct ?? undefined;
    mean.#count = count;
    return mean;
  }
}
