/** The result of one pass over a batch. */
export interface BatchResult {
  /** The mean loss of the batch. */
  readonly loss: number;
  /** How many of its examples are right; undefined for losses without that notion. */
  readonly correct: number | undefined;
}

/** The mean results over a set of examples. */
export interface Evaluation {
  /** The mean loss, without L2. */
  readonly loss: number;
  /** The fraction of examples that are right, 0 to 1. */
  readonly accuracy?: number;
  /** True if an interruption cut the evaluation off; then the loss is NaN. */
  readonly cutOff?: true;
}

/** The result of an evaluation that was cut off. */
export const CUT_OFF: Evaluation = { loss: Number.NaN, cutOff: true };

/** A mean over batches of different sizes, each weighted by its number of examples. */
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

  /** Plain data, for saving in the middle of an epoch. */
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
