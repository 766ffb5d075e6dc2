import { someOf } from "../expr/quote.ts";
import { norm } from "../linalg/index.ts";
import { type Model, parameterCount } from "../nn/index.ts";
import type { Engine } from "../objective/net/engine.ts";
import { NetObjective, USUAL_CHUNK } from "../objective/net/objective.ts";
import { masksOf } from "../objective/net/pass.ts";
import {
  copySearch,
  type Iteration,
  iterations,
  type SearchPoint,
  type SearchState,
  type Solution,
} from "../solvers/index.ts";
import { atTheStart, type Course, earlyEnd, note } from "./course.ts";
import { cutOffAt, outcomeOf } from "./ending.ts";
import type { EndEvent, EpochEvent, Outcome, TrainEvent } from "./events.ts";
import { setFirst } from "./first-weights.ts";
import { type SavedTraining, type SolverTrainOptions, settleRun } from "./options.ts";
import { restoreSearch, savedSearch } from "./saved-search.ts";
import type { Identity } from "./saved-training.ts";

/**
 * One run by a solver: the cost of the whole training part as a function of all parameters, made small. It is iterated as
 * `Training` is, and tells the same; each step is an epoch, with one batch.
 */
export class SolverTraining {
  readonly parameters: number;
  readonly state: Course;
  readonly #settings: ReturnType<typeof settleSearch>;
  readonly #objective: NetObjective;
  readonly #engine: Engine;
  readonly #search: AsyncGenerator<SearchPoint, Solution, void>;
  readonly #identity: Identity;
  /** The search after the last epoch that was told of, and the seconds until then: a copy, which no step has changed. */
  #saved: { readonly search: SearchState | undefined; readonly seconds: number };
  /** The copy before, for its memory. */
  #spare: SearchState | undefined;
  #outcome: Outcome | undefined;

  /** @param engine computes losses and what else the solver asks for; it is released when the run ends */
  constructor(options: SolverTrainOptions, engine: Engine) {
    const settings = settleSearch(options);
    const { model, examples, epochs, maxSteps = epochs, signal, seed, from, optimizer: solver } = settings;
    this.#settings = settings;
    this.parameters = parameterCount(model);
    this.#engine = engine;
    const chunk = Math.min(USUAL_CHUNK, examples.train.count);
    // The engine's own w is where the search looks; the run's is where it has come to.
    const { s, vector } = engine.begin({ ...settings, batchSize: 1, chunk, vectors: 1 });
    const w = vector();
    this.#objective = new NetObjective({ ...settings, examples: examples.train, engine });
    setFirst(w, settings);
    this.state = { w, s, ...atTheStart() };
    const { count } = examples.train;
    this.#identity = { seed, examples: count, batchSize: count };
    const state = from && restoreSearch(this.state, from, this.#identity, settings);
    this.#saved = { search: state, seconds: this.state.seconds };
    const limits = { start: w, state, maxIterations: Math.min(epochs, maxSteps), signal };
    this.#search = iterations(this.#objective, { solver, ...limits });
  }

  /**
   * The run after its last whole epoch, to go on from with `from`; at any time, and after the end, too, as with `Training`. From a
   * moment within a step, or between its two events, that step is taken again.
   */
  save(): SavedTraining {
    const { search, seconds } = this.#saved;
    const w = this.state.w.slice();
    if (search !== undefined) w.set(search.here.x);
    return savedSearch({ ...this.state, w, step: search?.here.index ?? 0, seconds }, search, this.#identity);
  }

  /** Runs to the end. What computes is released when the iteration ends, in whatever way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void> {
    try {
      let before = await this.#advance();
      if (before !== undefined) this.#keep(before);
      this.#outcome ??= earlyEnd(this.state, this.#settings);
      while (before !== undefined && this.#outcome === undefined) {
        const now = await this.#advance();
        if (now !== undefined) yield* this.#report(before, now);
        before = now;
      }
      yield await this.#end();
    } finally {
      await this.#engine.dispose();
    }
  }

  #keep(search: SearchState): void {
    this.#saved = { search, seconds: this.state.seconds };
  }

  /** The search at the next point, as a copy; none where it has come to its end. */
  async #advance(): Promise<SearchState | undefined> {
    const state = await this.#next();
    const spare = this.#spare;
    this.#spare = undefined;
    return state && copySearch(state, spare);
  }

  async #next(): Promise<SearchState | undefined> {
    const [begin, compiled] = [performance.now(), this.#engine.compiling];
    try {
      const { done, value } = await this.#search.next();
      if (!done) return value.state;
      this.#outcome = outcomeOf(value);
    } catch (error) {
      const { signal } = this.#settings;
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#outcome = { kind: "interrupted", step: this.state.step, reason: "the run was interrupted" };
    } finally {
      this.state.seconds += (performance.now() - begin) / 1000 - (this.#engine.compiling - compiled);
    }
    return undefined;
  }

  async *#report({ here: before }: SearchState, search: SearchState): AsyncGenerator<TrainEvent, void> {
    const { w } = this.state;
    const { here: now } = search;
    this.state.step = now.index;
    w.set(now.x);
    const gradientNorm = norm(before.g);
    yield { kind: "batch", step: now.index, epoch: now.index, loss: before.value, gradientNorm };
    const epoch = await this.#epoch(before, now);
    if (!epoch.validation.cutOff) {
      note(this.state, epoch.validation, w, this.#settings);
      this.#spare = this.#saved.search;
      this.#keep(search);
      this.#outcome = earlyEnd(this.state, this.#settings);
    }
    yield epoch;
  }

  async #epoch(before: Iteration, { index, x }: Iteration): Promise<EpochEvent> {
    const { train, validation } = this.#settings.examples;
    const { seconds } = this.state;
    return {
      kind: "epoch",
      epoch: index,
      steps: index,
      seconds,
      train: this.#objective.fitAt(x) ?? (await this.#engine.evaluate(train, this.state.w)),
      validation: await this.#engine.evaluate(validation, this.state.w),
      gradientNorm: norm(before.g),
      updateRatio: norm(x.map((entry, i) => entry - before.x[i])) / norm(before.x),
      stepsPerSecond: index / seconds,
    };
  }

  async #end(): Promise<EndEvent> {
    const { step, seconds, best, target, w } = this.state;
    if (best.w !== undefined) w.set(best.w);
    const test = await this.#engine.evaluate(this.#settings.examples.test, w);
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
  if (masksOf(model, 1, settings.dtype).length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has dropout, which gives each evaluation another cost; take a model without`,
    );
  if (model.state.length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has a state, ${nameList(model)}, which only batches of training change; take an update rule such as adam(), or a model without`,
    );
  return settings;
}

const nameList = ({ state }: Model): string => someOf(state.map(({ name }) => name));
