import type { Device } from "../device/device.ts";
import { stoppable } from "../device/stoppable.ts";
import { type TimedDevice, timed } from "../device/timed.ts";
import { norm } from "../linalg/index.ts";
import { parameterCount } from "../nn/index.ts";
import { Engine } from "../objective/net/engine.ts";
import { masksOf } from "../objective/net/programs.ts";
import { type Iteration, iterations, NetObjective, type Solution } from "../solvers/index.ts";
import { atTheStart, type Course, judge } from "./course.ts";
import { cutOffAt, outcomeOf } from "./ending.ts";
import type { EndEvent, EpochEvent, Outcome, TrainEvent } from "./events.ts";
import { setFirst } from "./first-weights.ts";
import { type SolverTrainOptions, settleRun } from "./options.ts";

/**
 * One run by a solver: the cost of the whole training part as a function of all parameters, made small. It is iterated as
 * `Training` is, and tells the same; each step is an epoch, with one batch.
 */
export class SolverTraining {
  readonly parameters: number;
  readonly state: Course;
  readonly #settings: ReturnType<typeof settleSearch>;
  readonly #device: TimedDevice;
  readonly #objective: NetObjective;
  readonly #engine: Engine;
  readonly #search: AsyncGenerator<Iteration, Solution, void>;
  #outcome: Outcome | undefined;

  constructor(options: SolverTrainOptions, device: Device) {
    const settings = settleSearch(options);
    const { model, data, epochs, maxSteps = epochs, signal } = settings;
    this.#settings = settings;
    this.parameters = parameterCount(model);
    this.#device = timed(signal === undefined ? device : stoppable(device, signal));
    this.#objective = new NetObjective({ ...settings, examples: data.train, device: this.#device });
    this.#engine = new Engine({ ...settings, device, batchSize: 1, slots: 0, lookahead: false });
    const { w } = this.#engine.buffers;
    setFirst(w, settings);
    this.state = { w, ...atTheStart() };
    const limits = { start: w, maxIterations: Math.min(epochs, maxSteps), signal };
    this.#search = iterations(this.#objective, { solver: settings.optimizer, ...limits });
  }

  /** Runs to the end. What computes is released when the iteration ends, in whatever way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void> {
    try {
      let before = await this.#advance();
      while (before !== undefined && this.#outcome === undefined) {
        const now = await this.#advance();
        if (now !== undefined) yield* this.#report(before, now);
        before = now;
      }
      yield await this.#end();
    } finally {
      await this.#objective.dispose();
      await this.#engine.dispose();
    }
  }

  /** The next point, in vectors of its own; none where the search has come to its end. */
  async #advance(): Promise<Iteration | undefined> {
    const [begin, compiled] = [performance.now(), this.#device.compiling()];
    try {
      const { done, value } = await this.#search.next();
      if (!done) return { ...value, x: value.x.slice(), g: value.g.slice() };
      this.#outcome = outcomeOf(value);
    } catch (error) {
      const { signal } = this.#settings;
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#outcome = { kind: "interrupted", step: this.state.step, reason: "the run was interrupted" };
    } finally {
      this.state.seconds += (performance.now() - begin) / 1000 - (this.#device.compiling() - compiled);
    }
    return undefined;
  }

  async *#report(before: Iteration, now: Iteration): AsyncGenerator<TrainEvent, void> {
    const { w } = this.state;
    this.state.step = now.index;
    w.set(now.x);
    const gradientNorm = norm(before.g);
    yield { kind: "batch", step: now.index, epoch: now.index, loss: before.value, gradientNorm };
    const epoch = await this.#epoch(before, now);
    yield epoch;
    if (!epoch.validation.cutOff) this.#outcome = judge(this.state, epoch.validation, w, this.#settings);
  }

  async #epoch(before: Iteration, { index, x }: Iteration): Promise<EpochEvent> {
    const { train, validation } = this.#settings.data;
    const { seconds } = this.state;
    return {
      kind: "epoch",
      epoch: index,
      steps: index,
      seconds,
      train: this.#objective.fitAt(x) ?? (await this.#engine.evaluate(train)),
      validation: await this.#engine.evaluate(validation),
      gradientNorm: norm(before.g),
      updateRatio: norm(x.map((entry, i) => entry - before.x[i])) / norm(before.x),
      stepsPerSecond: index / seconds,
    };
  }

  async #end(): Promise<EndEvent> {
    const { step, seconds, best, target, w } = this.state;
    if (best.w !== undefined) w.set(best.w);
    const test = await this.#engine.evaluate(this.#settings.data.test);
    if (test.cutOff) this.#outcome ??= cutOffAt(step);
    const outcome = this.#outcome ?? { kind: "completed", step, reason: "all steps were taken" };
    return { kind: "end", outcome, seconds, test, ...(target === undefined ? {} : { target }) };
  }
}

/** Throws a RangeError for what a solver cannot have: small batches, and a cost that is another with each dropout mask. */
function settleSearch(options: SolverTrainOptions) {
  const { model, optimizer, batchSize = "full" } = options;
  if (batchSize !== "full")
    throw new RangeError(
      `${optimizer.name}: batchSize is ${batchSize}; a solver takes all examples in each step: "full"`,
    );
  const settings = settleRun(options, "f64");
  if (masksOf({ ...settings, batch: 1 }).length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has dropout, which gives each evaluation another cost; take a model without`,
    );
  return settings;
}
