import type { Vector } from "../expr/index.ts";
import { parameterCount, type Trained } from "../nn/index.ts";
import type { Evaluation } from "../objective/index.ts";
import { type Course, earlyEnd, note } from "./course.ts";
import { cutOffAt } from "./ending.ts";
import type { BatchEvent, EndEvent, EpochEvent, Outcome, TrainEvent } from "./events.ts";
import type { RunSettings, SavedTraining } from "./options.ts";

/** What an epoch's steps tell when they are taken: all of its event but what the loop measures. */
export type EpochSteps = Omit<EpochEvent, "kind" | "seconds" | "validation">;

/** How a run takes its steps: by an update rule on batches, or by a solver's search on all examples. */
export interface Steps<S extends Course> {
  readonly state: S;
  /** How the steps themselves have ended the run: it diverged, converged, was interrupted. */
  readonly outcome: Outcome | undefined;
  /** What made it diverge, in words, without what has become of its weights. */
  readonly divergence?: string | undefined;
  /** Makes ready for the first step. */
  prepare(): Promise<void>;
  /** Whether there are steps to take, or an epoch has still to be told of. */
  goesOn(): boolean;
  /** Takes the next step of the epoch under way; gives nothing where none is left, or the run ends. */
  next(): Promise<BatchEvent | undefined>;
  /** What the epoch's steps tell; nothing where none was taken. */
  epoch(): Promise<EpochSteps | undefined>;
  /** The mean loss over examples. */
  evaluate(examples: RunSettings["examples"]["train"], weights: Vector): Promise<Evaluation>;
  /** The weights to evaluate and keep: w, or an average where the optimizer keeps one. */
  weights(): Vector;
  /** Hears the validation loss of an epoch, before it is noted. */
  observe(validation: Evaluation): void;
  /** Ends the epoch that was told of; an interruption may have cut off its steps or its validation. */
  close(validation: Evaluation): void;
  /** Lets `save` give the run as it is now, whatever its end will do to the state. */
  hold(): void;
  /** The weights before the last step, for steps that can be taken back. */
  readonly before?: Vector;
  /** Takes the last step back, whose weights turned out to be spoilt. */
  takeBack(event: string): void;
  save(): SavedTraining;
  dispose(): Promise<void>;
}

/**
 * The one loop of training: takes steps as it is iterated, and reports each batch, each epoch and the end. How a step is
 * taken is the business of its `Steps`.
 */
export class Run<S extends Course> {
  readonly parameters: number;
  readonly state: S;
  readonly #settings: RunSettings;
  readonly #steps: Steps<S>;
  #outcome: Outcome | undefined;
  #tested: Vector | undefined;

  constructor(settings: RunSettings, steps: Steps<S>) {
    this.#settings = settings;
    this.#steps = steps;
    this.parameters = parameterCount(settings.model);
    this.state = steps.state;
  }

  /**
   * The run as it is now, to go on from with `from`: at any time, from one event to the next. After the end, too: where a
   * limit, an interruption or early stopping ended it, what follows with other limits is what would have followed. Of a
   * solver's run it is the last whole epoch: a step whose two events were not both told is taken again.
   */
  save(): SavedTraining {
    return this.#steps.save();
  }

  /**
   * The model with its numbers, for `save` and for predictions. Once the run has ended they are those that the test loss is
   * of: the last ones, the best ones, or an average. Until then they are the run's own, which its steps change.
   */
  get trained(): Trained {
    return { model: this.#settings.model, w: this.#tested ?? this.#steps.weights(), s: this.state.s };
  }

  /** Runs to the end. What computes is released when the iteration ends, in whatever way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void> {
    const steps = this.#steps;
    try {
      await steps.prepare();
      this.#outcome = steps.outcome ?? earlyEnd(this.state, this.#settings);
      while (this.#outcome === undefined && steps.goesOn()) {
        for (let batch = await steps.next(); batch !== undefined; batch = await steps.next()) yield batch;
        const epoch = await this.#epoch();
        if (epoch !== undefined) yield epoch;
      }
      yield await this.#end();
    } finally {
      await steps.dispose();
    }
  }

  /** Validates after an epoch's steps, and notes what follows; nothing where no step was taken. */
  async #epoch(): Promise<EpochEvent | undefined> {
    const steps = this.#steps;
    const told = await steps.epoch();
    this.#outcome ??= steps.outcome;
    if (told === undefined) return undefined;
    const { seconds } = this.state;
    const weights = steps.weights();
    const validation = await steps.evaluate(this.#settings.examples.validation, weights);
    if (!validation.cutOff) {
      steps.observe(validation);
      note(this.state, validation, weights, this.#settings);
      this.#outcome ??= earlyEnd(this.state, this.#settings);
    }
    steps.close(validation);
    this.#outcome ??= steps.outcome;
    return { kind: "epoch", ...told, seconds, validation };
  }

  /** Goes back to the best weights, where early stopping has kept them, and tests. */
  async #end(): Promise<EndEvent> {
    const { state } = this;
    const { w: best, s = state.s } = state.best;
    if (best !== undefined) {
      this.#steps.hold();
      state.w.set(best);
      state.s.set(s);
    }
    const test = await this.#test(best !== undefined);
    const { divergence } = this.#steps;
    const outcome = this.#outcome ?? { kind: "completed" as const, step: state.step, reason: "all steps were taken" };
    const kept = best !== undefined && divergence !== undefined;
    const reason = kept ? `${divergence}; the weights are the best ones, as early stopping keeps them` : outcome.reason;
    const reached = state.target === undefined ? {} : { target: state.target };
    return { kind: "end", outcome: { ...outcome, reason }, seconds: state.seconds, test, ...reached };
  }

  /** The test loss; of w itself where that holds the best weights. */
  async #test(isBest: boolean): Promise<Evaluation> {
    const steps = this.#steps;
    const { step, w } = this.state;
    const measure = (): Promise<Evaluation> => {
      this.#tested = isBest ? w : steps.weights();
      return steps.evaluate(this.#settings.examples.test, this.#tested);
    };
    const test = await measure();
    if (test.cutOff) this.#outcome ??= cutOffAt(step);
    if (isBest || test.cutOff || Number.isFinite(test.loss) || !(await this.#wasSound())) return test;
    steps.takeBack(`the test loss is ${test.loss} after step ${step}`);
    this.#outcome = steps.outcome;
    return measure();
  }

  /**
   * Whether the test loss is finite before the last step. A last step can spoil the weights, and no next one notices; but
   * where the loss is not finite there either, it is the test set that has a number too large. The best weights of an early
   * stop, and those of a run that diverged, are as they were.
   */
  async #wasSound(): Promise<boolean> {
    const { before } = this.#steps;
    if (before === undefined || this.#outcome?.kind === "diverged") return false;
    return Number.isFinite((await this.#steps.evaluate(this.#settings.examples.test, before)).loss);
  }
}
