import { errorsFromLoss, type RegressionErrors, type TestMeasures } from "../metrics/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { EpochEvent, TrainEvent } from "./events.ts";
import type { Target } from "./options.ts";
import type { BatchCurve, EpochRecord, Goal, Measured, NonFinite, RunHead, RunRecord } from "./record.ts";

/** A target with the name of its measure, as records hold it. */
export const goalOf = (target: Target): Goal =>
  "loss" in target ? { measure: "loss", value: target.loss } : { measure: "accuracy", value: target.accuracy };

/** Collects the events of a run: pass it every event, then ask for the record. */
export class Recorder {
  /** The facts of the run that were known before it began. */
  readonly head: RunHead;
  readonly #epochs: EpochRecord[] = [];
  readonly #curve = new ThinnedCurve();
  #end: Extract<TrainEvent, { kind: "end" }> | undefined;

  constructor(head: RunHead) {
    this.head = head;
  }

  /** Takes the next event of the run. */
  observe(event: TrainEvent): void {
    if (event.kind === "batch") this.#curve.add(event.loss);
    else if (event.kind === "epoch") this.#epochs.push(epochRecord(event));
    else this.#end = event;
  }

  /** The run's record, with what was measured on the test set after its end. Throws an Error if the run has not ended. */
  record(measures?: TestMeasures): RunRecord {
    const end = this.#end;
    if (end === undefined) throw new Error("recorder: the run has not ended; pass it all events first");
    const { outcome, seconds, test, target, kept } = end;
    const errors = errorsOf(finite(test.loss), this.head, measures);
    return {
      ...this.head,
      epochs: [...this.#epochs],
      steps: outcome.step,
      seconds,
      test: measured(test),
      ...(errors === undefined ? {} : { regression: errors }),
      ...measures,
      ...(kept === undefined ? {} : { kept }),
      outcome,
      ...(target === undefined ? {} : { target }),
      batches: this.#curve.value(),
    };
  }
}

/** The errors of a regression with one target: from the loss where that is a squared error, and from predictions where there are some. */
function errorsOf(
  loss: number | null,
  { dataset }: Pick<RunHead, "dataset">,
  measures?: TestMeasures,
): RegressionErrors | undefined {
  const targets = measures?.metrics.task === "regression" ? measures.metrics.targets : [];
  const measured = targets.length === 1 ? targets[0] : undefined;
  if (loss !== null && dataset?.target !== undefined)
    return { ...errorsFromLoss(loss, dataset.target), mae: measured?.mae ?? null };
  return measured && { rmse: measured.rmse, mae: measured.mae, r2: measured.r2 };
}

/** The first epoch with the lowest validation loss; undefined if no epoch has a finite one. */
export const lowestEpoch = (epochs: readonly EpochRecord[]): EpochRecord | undefined =>
  epochs.reduce<EpochRecord | undefined>(
    (best, epoch) => ((epoch.validation.loss ?? Infinity) < (best?.validation.loss ?? Infinity) ? epoch : best),
    undefined,
  );

/** An epoch's event in a form that JSON can hold: numbers that are not finite are null. */
export const epochRecord = (event: EpochEvent): EpochRecord => ({
  epoch: event.epoch,
  steps: event.steps,
  seconds: event.seconds,
  train: measured(event.train),
  validation: measured(event.validation),
  gradientNorm: finite(event.gradientNorm),
  updateRatio: finite(event.updateRatio),
});

/**
 * An event in a form that JSON can hold: numbers that are not finite are null, and `nonFinite` says which of them a
 * loss was.
 */
export function plainEvent(event: TrainEvent) {
  if (event.kind === "epoch") return { ...event, ...epochRecord(event) };
  if (event.kind === "end") return { ...event, test: measured(event.test) };
  return { ...event, ...lossOf(event.loss), gradientNorm: finite(event.gradientNorm) };
}

/** An evaluation in a form that JSON can hold. */
export const measured = ({ loss, ...more }: Evaluation): Measured => ({
  ...(more.cutOff === true ? { loss: null } : lossOf(loss)),
  ...more,
});

const lossOf = (loss: number): Pick<Measured, "loss" | "nonFinite"> =>
  Number.isFinite(loss) ? { loss } : { loss: null, nonFinite: nonFinite(loss) };

const nonFinite = (loss: number): NonFinite => (Number.isNaN(loss) ? "NaN" : loss > 0 ? "Infinity" : "-Infinity");

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The fewest and the most points kept of a long curve. */
const [FEWEST, MOST] = [150, 300];

/** Every k-th value of a sequence of unknown length; k doubles whenever there are too many. */
class ThinnedCurve {
  #every = 1;
  #count = 0;
  #losses: (number | null)[] = [];

  add(loss: number): void {
    if (this.#count++ % this.#every === 0) this.#losses.push(finite(loss));
    if (this.#losses.length < MOST) return;
    this.#losses = this.#losses.filter((_, i) => i % 2 === 0).slice(0, FEWEST);
    this.#every *= 2;
  }

  value(): BatchCurve {
    return { every: this.#every, losses: [...this.#losses] };
  }
}
