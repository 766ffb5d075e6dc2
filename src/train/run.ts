import type { Vector } from "../expr/index.ts";
import { parameterCount, type Trained } from "../nn/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { BatchEvent, EndEvent, EpochEvent, Outcome, TrainEvent } from "./events.ts";
import type { RunSettings, SavedTraining } from "./options.ts";
import { cutOffAt } from "./outcomes.ts";
import { earlyEnd, type RunState, recordEpoch } from "./run-state.ts";
import { Saved } from "./saved/saved-run.ts";
import { TrajectoryKeeper, type TrajectoryPoint } from "./trajectory/index.ts";

/** The part of an epoch's event that its steps supply; the loop measures the rest. */
export type EpochSteps = Omit<EpochEvent, "kind" | "seconds" | "validation">;

/** How a run takes its steps: by an update rule on batches, or by a solver's search on all examples. */
export interface Steps<S extends RunState> {
  readonly state: S;
  /** Set when the steps themselves have ended the run: it diverged, converged, was interrupted. */
  readonly outcome: Outcome | undefined;
  /** Why it diverged, without what happened to its weights. */
  readonly divergence?: string | undefined;
  /** Whether the last step was the last of its epoch. */
  readonly isEpochOver: boolean;
  /** Whether an epoch's training loss is that of the weights at its end, and not a mean over its steps. */
  readonly measuresAtEnd: boolean;
  /** The step after which the run had the weights that it has now. */
  readonly weightsStep: number;
  /** Prepares the first step. */
  prepare(): Promise<void>;
  /** Whether there are steps left, or an epoch that has not been reported. */
  hasMore(): boolean;
  /** Takes the next step of the current epoch; undefined at the epoch's end, or if the run ends. */
  next(): Promise<BatchEvent | undefined>;
  /** The steps' part of the epoch's event; undefined if no step was taken. */
  epoch(): Promise<EpochSteps | undefined>;
  /** The mean loss over examples. */
  evaluate(examples: RunSettings["examples"]["train"], weights: Vector): Promise<Evaluation>;
  /** The weights to evaluate and keep: w, or an average where the optimizer keeps one. */
  weights(): Vector;
  /** Passes an epoch's validation loss to schedules that watch it. */
  observe(validation: Evaluation): void;
  /** Ends the epoch; an interruption may have cut off its steps or its validation. */
  close(validation: Evaluation): void;
  /** Makes `save` return the run as it is now, whatever the end of the run does to the state. */
  hold(): void;
  /** The weights before the last step, where steps can be undone. */
  readonly before?: Vector;
  /** Undoes the last step, whose weights turned out to be bad. */
  takeBack(event: string): void;
  /** Brings back what lies in a device's own memory; missing where nothing does. */
  settle?(): Promise<void>;
  save(): SavedTraining;
  dispose(): Promise<void>;
}

/**
 * The training loop: takes steps while it is iterated, and reports each batch, each epoch and the end. Its `Steps` decide how a
 * step is taken.
 */
export class Run<S extends RunState> {
  readonly parameters: number;
  readonly state: S;
  readonly #settings: RunSettings;
  readonly #steps: Steps<S>;
  #outcome: Outcome | undefined;
  #tested: Vector | undefined;
  readonly #keeper: TrajectoryKeeper | undefined;

  constructor(settings: RunSettings, steps: Steps<S>) {
    this.#settings = settings;
    this.#steps = steps;
    this.parameters = parameterCount(settings.frozen?.whole ?? settings.model);
    this.state = steps.state;
    const { trajectory, from } = settings;
    if (trajectory !== undefined) this.#keeper = new TrajectoryKeeper(trajectory, from && lastPoint(from));
  }

  /**
   * The run as it is now, to resume with the option `from`. It can be saved between any two events, and after the end: a run that
   * a limit, an interruption or early stopping ended goes on as it would have without. A solver's run is saved as of its last
   * whole epoch: a step whose two events were not both reported is taken again.
   */
  save(): SavedTraining {
    const saved = this.#steps.save();
    const last = this.#keeper?.last;
    return last === undefined ? saved : { ...saved, [LAST_POINT]: last };
  }

  /**
   * Brings the weights and the rest of the state back from a GPU. In a browser, call it before you look at `state.w`, `state.s`, `trained` or
   * `save()` in the middle of an epoch; elsewhere, and between epochs, they are brought back by themselves.
   */
  async settle(): Promise<void> {
    await this.#steps.settle?.();
  }

  /**
   * The model with its weights, for `save` and for predictions. After the end they are the weights that were tested: the last
   * ones, the best ones, or an average. Until then they are the run's own, which each step changes, or a copy if some are frozen.
   */
  get trained(): Trained {
    const { model, data, frozen } = this.#settings;
    const { preprocessing } = data;
    const w = this.#tested ?? this.#steps.weights();
    if (frozen === undefined) return { model, w, s: this.state.s, preprocessing };
    return { model: frozen.whole, w: frozen.join(w), s: this.state.s, preprocessing };
  }

  /** Runs to the end. The device's resources are released when the iteration ends, in whatever way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void> {
    const steps = this.#steps;
    try {
      await steps.prepare();
      this.#outcome = steps.outcome ?? earlyEnd(this.state, this.#settings);
      // A saved run that had a trajectory has kept its start.
      if (this.#keeper?.last === undefined) await this.#keepPoint();
      while (this.#outcome === undefined && steps.hasMore()) {
        for (let batch = await steps.next(); batch !== undefined; batch = await steps.next()) {
          if (!steps.isEpochOver && this.#keeper?.isDueAt(batch.step)) await this.#keepPoint();
          yield batch;
        }
        const epoch = await this.#epoch();
        if (epoch !== undefined) yield epoch;
      }
      yield await this.#finish();
    } finally {
      await steps.dispose();
    }
  }

  /** Hands over the point where the run is now, if it keeps a trajectory and has not kept this point. */
  async #keepPoint(more: Pick<TrajectoryPoint, "epoch" | "train" | "validation"> = {}): Promise<void> {
    const { weightsStep: step } = this.#steps;
    if (this.#keeper?.isNew(step) !== true) return;
    await this.settle();
    this.#keeper.keep(step);
    const { frozen, onPoint } = this.#settings;
    const w = this.#steps.weights();
    onPoint?.({ step, ...more, w: frozen?.join(w) ?? w.slice(), s: this.state.s.slice() });
  }

  /** Evaluates the validation set after an epoch's steps, and records it; undefined if no step was taken. */
  async #epoch(): Promise<EpochEvent | undefined> {
    const steps = this.#steps;
    const isWhole = steps.isEpochOver;
    const taken = await steps.epoch();
    this.#outcome ??= steps.outcome;
    if (taken === undefined) return undefined;
    const { seconds } = this.state;
    const weights = steps.weights();
    const validation = await steps.evaluate(this.#settings.examples.validation, weights);
    if (!validation.cutOff) {
      steps.observe(validation);
      recordEpoch(this.state, { ...taken, validation, weights }, this.#settings);
      this.#outcome ??= earlyEnd(this.state, this.#settings);
    }
    steps.close(validation);
    this.#outcome ??= steps.outcome;
    const { epoch, train } = taken;
    if (isWhole && !validation.cutOff && this.#keeper?.isDueAfter(epoch, taken.steps))
      await this.#keepPoint({ epoch, ...(steps.measuresAtEnd ? { train } : {}), validation });
    return { kind: "epoch", ...taken, seconds, validation };
  }

  /** The end, and before it the trajectory's last point. Where the best weights are restored, the way had led to the last ones. */
  async #finish(): Promise<EndEvent> {
    if (this.state.best.w !== undefined) await this.#keepPoint();
    const end = await this.#end();
    if (this.state.best.w === undefined) await this.#keepPoint();
    return end;
  }

  /** Restores the best weights, if early stopping has kept them, and evaluates the test set. */
  async #end(): Promise<EndEvent> {
    const { state } = this;
    const { w: best, s = state.s, epoch, steps } = state.best;
    if (best !== undefined) {
      this.#steps.hold();
      state.w.set(best);
      state.s.set(s);
    }
    const test = await this.#test(best !== undefined);
    const { divergence } = this.#steps;
    const outcome = this.#outcome ?? { kind: "completed" as const, step: state.step, reason: "all steps were taken" };
    const kept = best !== undefined && divergence !== undefined;
    const reason = kept ? `${divergence}; the weights are the best ones, which early stopping kept` : outcome.reason;
    const reached = state.target === undefined ? {} : { target: state.target };
    const from = best === undefined || epoch === undefined || steps === undefined ? {} : { kept: { epoch, steps } };
    return { kind: "end", outcome: { ...outcome, reason }, seconds: state.seconds, test, ...reached, ...from };
  }

  /** The test loss; with w itself if that holds the best weights. */
  async #test(isBest: boolean): Promise<Evaluation> {
    const steps = this.#steps;
    const { step, w } = this.state;
    const measure = (): Promise<Evaluation> => {
      this.#tested = isBest ? w : steps.weights();
      return steps.evaluate(this.#settings.examples.test, this.#tested);
    };
    const test = await measure();
    if (test.cutOff) this.#outcome ??= cutOffAt(step);
    if (isBest || test.cutOff || Number.isFinite(test.loss) || !(await this.#wasFiniteBefore())) return test;
    steps.takeBack(`the test loss is ${test.loss} after step ${step}`);
    this.#outcome = steps.outcome;
    return measure();
  }

  /**
   * Whether the test loss was finite before the last step. The last step can spoil the weights without a next one to notice. If
   * the loss was not finite before it either, the test set has a value that is too large. Does not apply to the best weights of
   * early stopping, nor after divergence.
   */
  async #wasFiniteBefore(): Promise<boolean> {
    const { before } = this.#steps;
    if (before === undefined || this.#outcome?.kind === "diverged") return false;
    return Number.isFinite((await this.#steps.evaluate(this.#settings.examples.test, before)).loss);
  }
}

/** The entry of a saved run for the step of its trajectory's last point. */
const LAST_POINT = "trajectory.last";

/** The step of the last point that a saved run had kept; undefined if it kept no trajectory. */
function lastPoint(from: SavedTraining): number | undefined {
  const saved = new Saved(from);
  return saved.has(LAST_POINT) ? saved.whole(LAST_POINT) : undefined;
}
