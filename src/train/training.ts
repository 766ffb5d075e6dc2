import type { Sampler } from "../data/sampler.ts";
import type { Vector } from "../expr/array.ts";
import { parameterCount } from "../nn/index.ts";
import type { GradientSource } from "../objective/net/gradient-source.ts";
import { type BatchResult, type Evaluation, RunningMean } from "../objective/net/running-mean.ts";
import type { DeviceStep, Step, Stepper } from "../optimizers/optimizer.ts";
import type { Watch } from "../optimizers/watch.ts";
import { atTheStart, earlyEnd, note } from "./course.ts";
import { cutOffAt } from "./ending.ts";
import type { EpochEvent, Outcome, TrainEvent } from "./events.ts";
import { setFirst } from "./first-weights.ts";
import { updateRatio } from "./measure.ts";
import { type SavedTraining, type Settings, settle, type TrainOptions } from "./options.ts";
import type { Identity } from "./saved-training.ts";
import { restoreTraining, savedTraining, type TrainingState } from "./training-state.ts";

/** One run by an update rule: trains as it is iterated, and reports each batch, each epoch and the end. */
export class Training {
  readonly parameters: number;
  readonly state: TrainingState;
  readonly #settings: Settings;
  readonly #source: GradientSource;
  readonly #step: Step;
  /** The same on the device, where that is faster. */
  #deviceStep: DeviceStep | undefined;
  readonly #prepareStep: () => Promise<void>;
  readonly #lookAhead: Stepper | undefined;
  /** Told by each step: w as it was before, and the length of the gradient. */
  readonly #watch: Watch;
  readonly #updateRatio: () => number;
  /** The model's state after the last batch. */
  readonly #nextS: Vector;
  readonly #identity: Identity;
  /** The steps that were taken before. */
  #begun: number | undefined;
  #outcome: Outcome | undefined;
  /** What ended a run that diverged, and whether its last step was taken back. */
  #divergence: string | undefined;
  #isBack = false;
  /** The run before its end: before an epoch was left in the middle, and the best weights came back. */
  #beforeEnd: SavedTraining | undefined;

  /** @param source computes losses and gradients; it is released when the run ends */
  constructor(options: TrainOptions, source: GradientSource) {
    const settings = settle(options);
    const { model, optimizer, order } = settings;
    const { batchSize } = order;
    this.#settings = settings;
    this.#source = source;
    this.parameters = parameterCount(model);
    const lookahead = optimizer.lookahead !== undefined;
    const run = source.begin({ ...settings, batchSize, vectors: optimizer.slots.length + 1, lookahead });
    const { w, g, point, s, nextS, arena, layout } = run;
    setFirst(w, settings);
    const state = optimizer.init(w, run.vector);
    this.#watch = { before: run.vector(), gradientNorm: Number.NaN };
    this.#step = optimizer.bind(w, g, state, { layout, arena, watch: this.#watch, spare: g });
    const watched = { layout, arena, watch: this.#watch };
    this.#prepareStep = async () => {
      if (source.device === undefined) return;
      this.#deviceStep = await optimizer.bindOn(source.device, w, g, state, watched);
    };
    this.#lookAhead = optimizer.lookahead?.bind(w, state, point, arena);
    this.#updateRatio = updateRatio(arena, w, this.#watch.before);
    this.#nextS = nextS;
    this.state = {
      ...{ w, s, before: { w: this.#watch.before, s: s.slice() }, optimizer: state },
      ...{ epoch: 0, batch: 0, mean: new RunningMean(), gradientNorm: Number.NaN, updateRatio: Number.NaN },
      ...atTheStart(),
    };
    this.#identity = { seed: settings.seed, examples: settings.examples.train.count, batchSize };
    if (settings.from === undefined) return;
    restoreTraining(this.state, settings.from, this.#identity, settings);
    this.#begun = 0;
  }

  /**
   * The run as it is now, to go on from with `from`: at any time, from one event to the next. After the end, too: where a
   * limit, an interruption or early stopping ended it, what follows with other limits is what would have followed.
   */
  save(): SavedTraining {
    return this.#beforeEnd ?? savedTraining(this.state, this.#identity);
  }

  /** Runs to the end. The source is released when the iteration ends, in whatever way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void> {
    const { state } = this;
    if (this.#begun === undefined) {
      state.before.w.set(state.w);
      state.before.s.set(state.s);
    }
    this.#begun ??= state.step;
    try {
      await this.#source.prepare(sizesOf(this.#settings.order));
      await this.#prepareStep();
      this.#outcome = earlyEnd(state, this.#settings);
      while (this.#goesOn()) if (!(yield* this.#epoch())) break;
      yield await this.#end();
    } finally {
      await this.#deviceStep?.dispose();
      await this.#source.dispose();
    }
  }

  /** Whether there are steps to take, or an epoch has still to be told of. */
  #goesOn(): boolean {
    const { epochs, maxSteps = Number.POSITIVE_INFINITY } = this.#settings;
    const { epoch, batch, step } = this.state;
    return this.#outcome === undefined && epoch < epochs && (step < maxSteps || batch > 0);
  }

  /** Trains to the end of the epoch under way, and tells of it; false where the run ends within it. */
  async *#epoch(): AsyncGenerator<TrainEvent, boolean> {
    const { state } = this;
    const { order, examples } = this.#settings;
    const startedAt = { step: state.step, seconds: state.seconds };
    yield* this.#batches();
    if (state.batch === 0) return false;
    const weights = this.#weights();
    const validation = await this.#source.evaluate(examples.validation, weights);
    const event: EpochEvent = {
      kind: "epoch",
      epoch: state.epoch + 1,
      // Those of the weights that were evaluated.
      steps: state.step - Number(this.#isBack),
      seconds: state.seconds,
      train: state.mean.value(),
      validation,
      gradientNorm: state.gradientNorm,
      updateRatio: state.updateRatio,
      stepsPerSecond: (state.step - startedAt.step) / (state.seconds - startedAt.seconds),
    };
    const complete = state.batch === order.batchesPerEpoch && !validation.cutOff;
    if (!complete) this.#beforeEnd ??= this.save();
    if (!validation.cutOff) this.#note(validation, weights);
    else if (this.#hasNext()) this.#stop("interrupted", "the run was interrupted");
    if (complete) Object.assign(state, { epoch: state.epoch + 1, batch: 0, mean: new RunningMean() });
    yield event;
    return complete;
  }

  async *#batches(): AsyncGenerator<TrainEvent, void> {
    const { state } = this;
    const { order, signal, maxSteps = Number.POSITIVE_INFINITY } = this.#settings;
    for (const indices of order.batches(state.epoch, state.batch)) {
      if (signal?.aborted) this.#stop("interrupted", "the run was interrupted");
      if (this.#outcome !== undefined || state.step >= maxSteps) break;
      const begin = performance.now();
      this.#lookAhead?.();
      const result = await this.#gradient(indices);
      if (result === undefined) break;
      if (!this.#isFinite(result.loss) || !(await this.#update())) break;
      state.before.s.set(state.s);
      state.s.set(this.#nextS);
      const last = state.batch + 1 === order.batchesPerEpoch || state.step + 1 === maxSteps;
      state.gradientNorm = this.#watch.gradientNorm;
      state.updateRatio = last ? this.#updateRatio() : Number.NaN;
      state.seconds += (performance.now() - begin) / 1000;
      state.mean.add(result, indices.length);
      state.batch++;
      state.step++;
      const { gradientNorm } = state;
      yield { kind: "batch", step: state.step, epoch: state.epoch + 1, loss: result.loss, gradientNorm };
    }
  }

  /** Whether there is a step to take after this epoch. */
  #hasNext(): boolean {
    const { epochs, maxSteps = Number.POSITIVE_INFINITY } = this.#settings;
    return this.state.epoch + 1 < epochs && this.state.step < maxSteps;
  }

  /** Loss and gradient of a batch; undefined where the run was interrupted meanwhile. */
  async #gradient(indices: Uint32Array): Promise<BatchResult | undefined> {
    const { examples, signal } = this.#settings;
    try {
      return await this.#source.gradient(examples.train, indices, { step: this.state.step + 1 });
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#stop("interrupted", "the run was interrupted");
      return undefined;
    }
  }

  /** Takes a step. One that leads out of the finite numbers, or comes from outside, is taken back, and ends the run. */
  async #update(): Promise<boolean> {
    const sound = this.#deviceStep === undefined ? this.#step() : await this.#deviceStep();
    const { gradientNorm } = this.#watch;
    // Some updates are finite for any gradient, such as one by its sign.
    if (sound && Number.isFinite(gradientNorm)) return true;
    const culprit = Number.isFinite(gradientNorm)
      ? "an update is not finite"
      : `the gradient's length is ${gradientNorm}`;
    this.#diverge(`${culprit} at step ${this.state.step + 1}`, "the step was taken back");
    return false;
  }

  /** The weights to evaluate: an average where the optimizer keeps one. */
  #weights(): Vector {
    const { optimizer } = this.#settings;
    const { w, step, optimizer: state } = this.state;
    // The state of a run that diverged, and an average in it, is spoilt.
    if (step === 0 || this.#outcome?.kind === "diverged") return w;
    return optimizer.average?.at(w, state) ?? w;
  }

  #isFinite(loss: number): boolean {
    if (Number.isFinite(loss)) return true;
    this.#beforeEnd ??= this.save();
    this.#takeBack(`the loss is ${loss} at step ${this.state.step + 1}`);
    this.#isBack = this.state.step !== this.#begun;
    return false;
  }

  /** Ends the run with the weights from before the step that was tried last: their loss was finite. */
  #diverge(event: string, remedy: string): void {
    this.state.w.set(this.state.before.w);
    this.#divergence = event;
    this.#stop("diverged", `${event}; ${remedy}`);
  }

  /** The same after a step that was taken, and with the model's state from before it. */
  #takeBack(event: string): void {
    const { step, s } = this.state;
    s.set(this.state.before.s);
    const isFirst = step === this.#begun;
    this.#diverge(event, isFirst ? "the weights are the first ones" : `the weights are those from before step ${step}`);
  }

  /** After an epoch: schedules that watch the cost, the target, early stopping. */
  #note(validation: Evaluation, weights: Vector): void {
    this.#settings.optimizer.observe(this.state.optimizer, validation.loss);
    note(this.state, validation, weights, this.#settings);
    this.#outcome ??= earlyEnd(this.state, this.#settings);
  }

  #stop(kind: Outcome["kind"], reason: string): void {
    this.#outcome ??= { kind, step: this.state.step, reason };
  }

  async #end(): Promise<TrainEvent> {
    const { state } = this;
    const { w: best, s = state.s } = state.best;
    if (best !== undefined) {
      this.#beforeEnd ??= this.save();
      state.w.set(best);
      state.s.set(s);
    }
    let test = await this.#test(best !== undefined);
    if (test.cutOff) this.#outcome ??= cutOffAt(state.step);
    // A last step can spoil the weights, and no next one notices. The best weights of an early stop are as they were.
    const isLast = best === undefined && this.#outcome?.kind !== "diverged";
    if (isLast && !test.cutOff && !Number.isFinite(test.loss)) {
      this.#outcome = undefined;
      this.#beforeEnd ??= this.save();
      this.#takeBack(`the test loss is ${test.loss} after step ${state.step}`);
      test = await this.#test(true);
    }
    const ending = this.#outcome ?? { kind: "completed" as const, step: state.step, reason: "all steps were taken" };
    const isBest = best !== undefined && this.#divergence !== undefined;
    const reason = `${this.#divergence}; the weights are the best ones, as early stopping keeps them`;
    const outcome = isBest ? { ...ending, reason } : ending;
    const reached = state.target === undefined ? {} : { target: state.target };
    return { kind: "end", outcome, seconds: state.seconds, test, ...reached };
  }

  /** The test loss of w itself, or of the average that the optimizer keeps. */
  #test(ofItself: boolean): Promise<Evaluation> {
    return this.#source.evaluate(this.#settings.examples.test, ofItself ? this.state.w : this.#weights());
  }
}

/** The sizes of batches that occur: the usual one, and that of an epoch's last. */
const sizesOf = (order: Sampler): number[] => Array.from(order.batches(0), (indices) => indices.length);
