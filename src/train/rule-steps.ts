import { augmentationWords, augmented } from "../data/index.ts";
import type { Vector } from "../expr/index.ts";
import { type Evaluation, type GradientSource, RunningMean } from "../objective/index.ts";
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
import { deviceSteps } from "./steps/device-steps.ts";
import { hostSteps } from "./steps/host-steps.ts";
import type { StepMemory, StepResult, StepTaker } from "./steps/step-taker.ts";

/** The steps of a run by an update rule: one for each batch. */
export class RuleSteps implements Steps<TrainingState> {
  readonly state: TrainingState;
  readonly #settings: Settings;
  readonly #source: GradientSource;
  readonly #steps: StepTaker;
  readonly #updateRatio: () => number;
  readonly #identity: Identity;
  /** The remaining batches of the current epoch. */
  #batches: Iterator<Uint32Array, void> | undefined;
  /** The batch sizes for which programs are ready. */
  readonly #compiled = new Set<number>();
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
    const { w, s, arena } = run;
    setInitialWeights(w, s, settings);
    const { sampler = "shuffled", dropLast = false, examples, augmentation, seed } = settings;
    const epoch = (): number => this.state.epoch;
    const train = augmentation ? augmented(examples.train, augmentation, seed, epoch) : examples.train;
    const memory = { w, s, optimizer: optimizer.init(w, run.vector), before: { w: run.vector(), s: s.slice() } };
    const plan = { optimizer, source, workspace: run, memory, examples: train };
    this.#steps = source.wholeSteps === undefined ? hostSteps(plan) : deviceSteps(plan, source.wholeSteps);
    this.#updateRatio = updateRatio(arena, w, memory.before.w);
    this.state = stateOver(memory, () => this.#steps.settleNow());
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

  readonly measuresAtEnd = false;

  get isEpochOver(): boolean {
    return this.state.batch === this.#settings.order.batchesPerEpoch;
  }

  get weightsStep(): number {
    return this.state.step - Number(this.#isBack);
  }

  async prepare(): Promise<void> {
    const { state } = this;
    if (this.#begun === undefined) {
      state.before.w.set(state.w);
      state.before.s.set(state.s);
    }
    this.#begun ??= state.step;
    const { order, examples } = this.#settings;
    await this.#compile(Math.min(order.batchSize, examples.train.count));
  }

  /** Compiles for a batch size that occurs for the first time, such as that of an epoch's last batch; the step's time is without it. */
  async #compile(batchSize: number): Promise<void> {
    if (this.#compiled.has(batchSize)) return;
    await this.#steps.prepare([batchSize]);
    this.#compiled.add(batchSize);
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
    await this.#compile(indices.length);
    const begin = performance.now();
    const result = await this.#take(indices);
    if (result === undefined) return undefined;
    const last = state.batch + 1 === order.batchesPerEpoch || state.step + 1 === this.#mostSteps();
    if (last || !result.isTaken) await this.#steps.settle();
    if (!result.isTaken) return this.#endWith(result);
    const { gradientNorm } = result;
    state.gradientNorm = gradientNorm;
    state.updateRatio = last ? this.#updateRatio() : Number.NaN;
    state.seconds += (performance.now() - begin) / 1000;
    state.mean.add(result, indices.length);
    state.batch++;
    state.step++;
    return { kind: "batch", step: state.step, epoch: state.epoch + 1, loss: result.loss, gradientNorm };
  }

  settle(): Promise<void> {
    return this.#steps.settle();
  }

  async epoch(): Promise<EpochSteps | undefined> {
    await this.#steps.settle();
    const { epoch, batch, step, seconds, mean, gradientNorm, updateRatio } = this.state;
    this.#isLeft = batch < this.#settings.order.batchesPerEpoch;
    if (batch === 0) return undefined;
    return {
      epoch: epoch + 1,
      // The steps of the weights that are evaluated.
      steps: this.weightsStep,
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
    await this.#steps.dispose().finally(() => this.#source.dispose());
  }

  #mostSteps(): number {
    return this.#settings.maxSteps ?? Number.POSITIVE_INFINITY;
  }

  #enter(): Iterator<Uint32Array, void> {
    const { step, seconds, epoch, batch } = this.state;
    this.#entered = { step, seconds };
    return this.#settings.order.batches(epoch, batch)[Symbol.iterator]();
  }

  /** Takes the step of a batch; undefined if the run was interrupted meanwhile. */
  async #take(indices: Uint32Array): Promise<StepResult | undefined> {
    const { signal } = this.#settings;
    try {
      return await this.#steps.take(indices, this.state.step + 1);
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#interrupt();
      return undefined;
    }
  }

  /** Ends the run at a step that was not taken: its loss, its gradient or its result is not finite. */
  #endWith({ loss, gradientNorm }: StepResult): undefined {
    const { step } = this.state;
    if (Number.isFinite(loss)) {
      const culprit = Number.isFinite(gradientNorm)
        ? "an update is not finite"
        : `the gradient's norm is ${gradientNorm}`;
      this.#diverge(`${culprit} at step ${step + 1}`, "the step was undone");
      return;
    }
    this.hold();
    this.#undo(`the loss is ${loss} at step ${step + 1}`);
  }

  #diverge(event: string, remedy: string): void {
    this.#divergence = event;
    this.#stop("diverged", `${event}; ${remedy}`);
  }

  /** Ends the run with the weights and the model's state from before the last step: their loss was finite. */
  #undo(event: string): void {
    const { step, w, s, before } = this.state;
    w.set(before.w);
    s.set(before.s);
    const isFirst = step === this.#begun;
    this.#isBack = !isFirst;
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

/** The state of a run that begins. Whoever looks at what steps change gets it as it is now: `settle` is called before. */
const stateOver = (memory: StepMemory, settle: () => void): TrainingState => ({
  get w() {
    settle();
    return memory.w;
  },
  get s() {
    settle();
    return memory.s;
  },
  get before() {
    settle();
    return memory.before;
  },
  get optimizer() {
    settle();
    return memory.optimizer;
  },
  ...{ epoch: 0, batch: 0, mean: new RunningMean(), gradientNorm: Number.NaN, updateRatio: Number.NaN },
  ...startingState(),
});
