import { augmentationWords, augmented, type Sampler, type Source } from "../data/index.ts";
import type { Vector } from "../expr/index.ts";
import { type BatchResult, type Evaluation, type GradientSource, RunningMean } from "../objective/index.ts";
import type { DeviceStep, Step, Stepper, Watch } from "../optimizers/index.ts";
import type { BatchEvent, Outcome } from "./events.ts";
import { setInitialWeights } from "./initial-weights.ts";
import { updateRatio } from "./measure.ts";
import { checkMemory } from "./memory.ts";
import type { SavedTraining, Settings } from "./options.ts";
import { interruptedAt } from "./outcomes.ts";
import type { EpochSteps, Steps } from "./run.ts";
import { startingState } from "./run-state.ts";
import { type Identity, identityOf } from "./saved/saved-run.ts";
import { restoreTraining, savedTraining, type TrainingState } from "./saved/training-state.ts";

/** The steps of a run by an update rule: one for each batch. */
export class RuleSteps implements Steps<TrainingState> {
  readonly state: TrainingState;
  readonly #settings: Settings;
  readonly #source: GradientSource;
  readonly #step: Step;
  /** The step on the device, where that is faster. */
  #deviceStep: DeviceStep | undefined;
  readonly #prepareStep: () => Promise<void>;
  readonly #lookAhead: Stepper | undefined;
  /** Filled by each step: w from before it, and the norm of the gradient. */
  readonly #watch: Watch;
  readonly #updateRatio: () => number;
  /** The training set, changed at random where that is wanted. */
  readonly #train: Source;
  /** The model's state after the last batch. */
  readonly #nextS: Vector;
  readonly #identity: Identity;
  /** The remaining batches of the current epoch. */
  #batches: Iterator<Uint32Array, void> | undefined;
  /** Where this run began, or resumed, the current epoch. */
  #entered = { step: 0, seconds: 0 };
  /** Whether the run has left the current epoch in the middle. */
  #isLeft = false;
  /** The steps taken before this run resumed. */
  #begun: number | undefined;
  #outcome: Outcome | undefined;
  #divergence: string | undefined;
  /** Whether the last step was taken back. */
  #isBack = false;
  /** The run as saved before its end, which may leave an epoch in the middle and restores the best weights. */
  #held: SavedTraining | undefined;

  constructor(settings: Settings, source: GradientSource) {
    const { optimizer } = settings;
    const { batchSize } = settings.order;
    checkMemory({ ...settings, batchSize });
    this.#settings = settings;
    this.#source = source;
    const lookahead = optimizer.lookahead !== undefined;
    const { weighted = false } = settings.examples.train;
    const run = source.begin({ ...settings, batchSize, weighted, vectors: optimizer.slots.length + 1, lookahead });
    const { w, g, point, s, nextS, arena, layout } = run;
    setInitialWeights(w, s, settings);
    const state = optimizer.init(w, run.vector);
    this.#watch = { before: run.vector(), gradientNorm: Number.NaN };
    const watched = { layout, arena, watch: this.#watch };
    this.#step = optimizer.bind(w, g, state, { ...watched, spare: g });
    this.#prepareStep = async () => {
      if (source.device === undefined) return;
      this.#deviceStep = await optimizer.bindOn(source.device, w, g, state, watched);
    };
    this.#lookAhead = optimizer.lookahead?.bind(w, state, point, arena, layout);
    this.#updateRatio = updateRatio(arena, w, this.#watch.before);
    this.#nextS = nextS;
    this.state = {
      ...{ w, s, before: { w: this.#watch.before, s: s.slice() }, optimizer: state },
      ...{ epoch: 0, batch: 0, mean: new RunningMean(), gradientNorm: Number.NaN, updateRatio: Number.NaN },
      ...startingState(),
    };
    const { sampler = "shuffled", dropLast = false, examples, augmentation, seed } = settings;
    this.#train = augmentation ? augmented(examples.train, augmentation, seed, () => this.state.epoch) : examples.train;
    const order = [
      ...[sampler, ...(dropLast ? ["without a smaller last batch"] : [])],
      ...(augmentation ? [`images changed by ${augmentationWords(augmentation)}`] : []),
    ].join(", ");
    this.#identity = identityOf(settings, { optimizer: optimizer.name, batchSize, order });
    if (settings.from === undefined) return;
    restoreTraining(this.state, settings.from, this.#identity, settings);
    this.#begun = 0;
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  get before(): Vector {
    return this.state.before.w;
  }

  get divergence(): string | undefined {
    return this.#divergence;
  }

  async prepare(): Promise<void> {
    const { state } = this;
    if (this.#begun === undefined) {
      state.before.w.set(state.w);
      state.before.s.set(state.s);
    }
    this.#begun ??= state.step;
    const { order, examples } = this.#settings;
    await this.#source.prepare(sizesOf(order, examples.train));
    await this.#prepareStep();
  }

  hasMore(): boolean {
    const { epoch, batch, step } = this.state;
    return !this.#isLeft && epoch < this.#settings.epochs && (step < this.#mostSteps() || batch > 0);
  }

  async next(): Promise<BatchEvent | undefined> {
    const { state } = this;
    const { order, signal } = this.#settings;
    this.#batches ??= this.#enter();
    const { done, value: indices } = this.#batches.next();
    if (done) return undefined;
    if (signal?.aborted) this.#interrupt();
    if (this.#outcome !== undefined || state.step >= this.#mostSteps()) return undefined;
    const begin = performance.now();
    this.#lookAhead?.();
    const result = await this.#gradient(indices);
    if (result === undefined || !this.#isFinite(result.loss) || !(await this.#update())) return undefined;
    state.before.s.set(state.s);
    state.s.set(this.#nextS);
    const last = state.batch + 1 === order.batchesPerEpoch || state.step + 1 === this.#mostSteps();
    const { gradientNorm } = this.#watch;
    state.gradientNorm = gradientNorm;
    state.updateRatio = last ? this.#updateRatio() : Number.NaN;
    state.seconds += (performance.now() - begin) / 1000;
    state.mean.add(result, indices.length);
    state.batch++;
    state.step++;
    return { kind: "batch", step: state.step, epoch: state.epoch + 1, loss: result.loss, gradientNorm };
  }

  async epoch(): Promise<EpochSteps | undefined> {
    const { epoch, batch, step, seconds, mean, gradientNorm, updateRatio } = this.state;
    this.#isLeft = batch < this.#settings.order.batchesPerEpoch;
    if (batch === 0) return undefined;
    return {
      epoch: epoch + 1,
      // The steps of the weights that are evaluated.
      steps: step - Number(this.#isBack),
      ...{ train: mean.value(), gradientNorm, updateRatio },
      stepsPerSecond: (step - this.#entered.step) / (seconds - this.#entered.seconds),
    };
  }

  evaluate: Steps<TrainingState>["evaluate"] = (examples, weights) => this.#source.evaluate(examples, weights);

  weights(): Vector {
    const { w, step, optimizer: state } = this.state;
    // In a run that diverged, the optimizer's state is no longer valid, nor is an average in it.
    if (step === 0 || this.#outcome?.kind === "diverged") return w;
    return this.#settings.optimizer.average?.at(w, state) ?? w;
  }

  observe({ loss }: Evaluation): void {
    if (this.#isLeft) this.hold();
    this.#settings.optimizer.observe(this.state.optimizer, loss);
  }

  close({ cutOff }: Evaluation): void {
    const { state } = this;
    this.#batches = undefined;
    this.#isLeft ||= cutOff === true;
    if (this.#isLeft) this.hold();
    else Object.assign(state, { epoch: state.epoch + 1, batch: 0, mean: new RunningMean() });
    const hasNext = state.epoch + 1 < this.#settings.epochs && state.step < this.#mostSteps();
    if (cutOff && hasNext) this.#interrupt();
  }

  hold(): void {
    this.#held ??= savedTraining(this.state, this.#identity, this.#settings.frozen);
  }

  takeBack(event: string): void {
    this.hold();
    this.#outcome = undefined;
    this.#undo(event);
  }

  save(): SavedTraining {
    return this.#held ?? savedTraining(this.state, this.#identity, this.#settings.frozen);
  }

  async dispose(): Promise<void> {
    this.#batches = undefined;
    await this.#deviceStep?.dispose();
    await this.#source.dispose();
  }

  #mostSteps(): number {
    return this.#settings.maxSteps ?? Number.POSITIVE_INFINITY;
  }

  #enter(): Iterator<Uint32Array, void> {
    const { step, seconds, epoch, batch } = this.state;
    this.#entered = { step, seconds };
    return this.#settings.order.batches(epoch, batch)[Symbol.iterator]();
  }

  /** Loss and gradient of a batch; undefined if the run was interrupted meanwhile. */
  async #gradient(indices: Uint32Array): Promise<BatchResult | undefined> {
    const { signal } = this.#settings;
    try {
      return await this.#source.gradient(this.#train, indices, { step: this.state.step + 1 });
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#interrupt();
      return undefined;
    }
  }

  /** Takes a step. If its gradient or its result is not finite, it is undone, and the run ends. */
  async #update(): Promise<boolean> {
    const sound = this.#deviceStep === undefined ? this.#step() : await this.#deviceStep();
    const { gradientNorm } = this.#watch;
    // Some updates are finite for any gradient, such as those by its sign.
    if (sound && Number.isFinite(gradientNorm)) return true;
    const culprit = Number.isFinite(gradientNorm)
      ? "an update is not finite"
      : `the gradient's norm is ${gradientNorm}`;
    this.#diverge(`${culprit} at step ${this.state.step + 1}`, "the step was undone");
    return false;
  }

  #isFinite(loss: number): boolean {
    if (Number.isFinite(loss)) return true;
    this.hold();
    this.#undo(`the loss is ${loss} at step ${this.state.step + 1}`);
    this.#isBack = this.state.step !== this.#begun;
    return false;
  }

  /** Ends the run with the weights from before the last step that was tried: their loss was finite. */
  #diverge(event: string, remedy: string): void {
    this.state.w.set(this.state.before.w);
    this.#divergence = event;
    this.#stop("diverged", `${event}; ${remedy}`);
  }

  /** The same after a step that was taken: restores the model's state as well. */
  #undo(event: string): void {
    const { step, s } = this.state;
    s.set(this.state.before.s);
    const isFirst = step === this.#begun;
    this.#diverge(
      event,
      isFirst ? "the weights are the initial ones" : `the weights are those from before step ${step}`,
    );
  }

  #interrupt(): void {
    this.#outcome ??= interruptedAt(this.state.step);
  }

  #stop(kind: Outcome["kind"], reason: string): void {
    this.#outcome ??= { kind, step: this.state.step, reason };
  }
}

/** The batch sizes that occur: the usual one, and that of an epoch's last batch. */
function sizesOf({ batchSize, batchesPerEpoch }: Sampler, { count }: Source): number[] {
  const last = Math.min(batchSize, count - (batchesPerEpoch - 1) * batchSize);
  return [...(batchesPerEpoch > 1 ? [batchSize] : []), last];
}
