import { norm } from "../linalg/index.ts";
import { type Engine, type Evaluation, NetObjective, USUAL_CHUNK } from "../objective/index.ts";
import { copySearch, iterations, type SearchPoint, type SearchState, type Solution } from "../solvers/index.ts";
import type { BatchEvent, Outcome } from "./events.ts";
import { setInitialWeights } from "./initial-weights.ts";
import type { SavedTraining, SearchSettings } from "./options.ts";
import { interruptedAt, outcomeOf } from "./outcomes.ts";
import type { EpochSteps, Steps } from "./run.ts";
import { type RunState, startingState } from "./run-state.ts";
import { type Identity, identityOf } from "./saved/saved-run.ts";
import { restoreSearch, savedSearch } from "./saved/saved-search.ts";

/** The steps of a run by a solver: each is a step of its search on the whole training set, and an epoch. */
export class SearchSteps implements Steps<RunState> {
  readonly state: RunState;
  readonly #settings: SearchSettings;
  readonly #objective: NetObjective;
  readonly #engine: Engine;
  readonly #search: AsyncGenerator<SearchPoint, Solution, void>;
  readonly #identity: Identity;
  /** The search before and after the current step: copies, which no step changes. Undefined after the search's end. */
  #before: SearchState | undefined;
  #now: SearchState | undefined;
  /** The search after the last epoch that was reported, and the seconds until then. */
  #saved: { readonly search: SearchState | undefined; readonly seconds: number };
  /** An old copy whose memory is used again. */
  #spare: SearchState | undefined;
  #outcome: Outcome | undefined;

  constructor(settings: SearchSettings, engine: Engine) {
    const { examples, epochs, maxSteps = epochs, signal, from, optimizer: solver } = settings;
    this.#settings = settings;
    this.#engine = engine;
    const { count } = examples.train;
    // The engine's own w is where the search evaluates the loss; the run's w is where it has arrived.
    const { s, vector } = engine.begin({ ...settings, batchSize: 1, chunk: Math.min(USUAL_CHUNK, count), vectors: 1 });
    const w = vector();
    this.#objective = new NetObjective({ ...settings, examples: examples.train, engine });
    setInitialWeights(w, s, settings);
    this.state = { w, s, ...startingState() };
    this.#identity = identityOf(settings, { optimizer: solver.name, batchSize: count, order: "all" });
    const state = from && restoreSearch(this.state, from, this.#identity, settings);
    this.#saved = { search: state, seconds: this.state.seconds };
    const limits = { start: w, state, maxIterations: Math.min(epochs, maxSteps), signal };
    this.#search = iterations(this.#objective, { solver, ...limits });
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  readonly isEpochOver = true;
  readonly measuresAtEnd = true;

  get weightsStep(): number {
    return this.state.step;
  }

  /** Evaluates the start, which is not a step. */
  async prepare(): Promise<void> {
    this.#before = await this.#advance();
    if (this.#before !== undefined) this.#keep(this.#before);
  }

  hasMore(): boolean {
    return this.#before !== undefined;
  }

  async next(): Promise<BatchEvent | undefined> {
    const before = this.#before;
    if (before === undefined || this.#now !== undefined) return undefined;
    this.#now = await this.#advance();
    if (this.#now === undefined) {
      this.#before = undefined;
      return undefined;
    }
    const { index, x } = this.#now.here;
    this.state.step = index;
    this.state.w.set(x);
    const { value: loss, g } = before.here;
    return { kind: "batch", step: index, epoch: index, loss, gradientNorm: norm(g) };
  }

  async epoch(): Promise<EpochSteps | undefined> {
    if (this.#before === undefined || this.#now === undefined) return undefined;
    const { here: before } = this.#before;
    const { index, x } = this.#now.here;
    const { w, seconds } = this.state;
    return {
      ...{ epoch: index, steps: index },
      train: this.#objective.fitAt(x) ?? (await this.evaluate(this.#settings.examples.train, w)),
      gradientNorm: norm(before.g),
      updateRatio: norm(x.map((entry, i) => entry - before.x[i])) / norm(before.x),
      stepsPerSecond: index / seconds,
    };
  }

  evaluate: Steps<RunState>["evaluate"] = (examples, weights) => this.#engine.evaluate(examples, weights);

  weights = () => this.state.w;

  /** Solvers have no schedules. */
  observe(): void {}

  close({ cutOff }: Evaluation): void {
    const now = this.#now;
    [this.#before, this.#now] = [now, undefined];
    if (cutOff || now === undefined) return;
    this.#spare = this.#saved.search;
    this.#keep(now);
  }

  /** The saved search is a copy already. */
  hold(): void {}

  /** A search never steps to where the loss is not finite. */
  takeBack(): void {}

  save(): SavedTraining {
    const { search, seconds } = this.#saved;
    const w = this.state.w.slice();
    if (search !== undefined) w.set(search.here.x);
    const state = { ...this.state, w, step: search?.here.index ?? 0, seconds };
    return savedSearch(state, search, this.#identity, this.#settings.frozen);
  }

  dispose(): Promise<void> {
    return this.#engine.dispose();
  }

  #keep(search: SearchState): void {
    this.#saved = { search, seconds: this.state.seconds };
  }

  /** A copy of the search at the next point; undefined at its end. */
  async #advance(): Promise<SearchState | undefined> {
    const state = await this.#iterate();
    const spare = this.#spare;
    this.#spare = undefined;
    return state && copySearch(state, spare);
  }

  async #iterate(): Promise<SearchState | undefined> {
    const [begin, compiled] = [performance.now(), this.#engine.compiling];
    try {
      const { done, value } = await this.#search.next();
      if (!done) return value.state;
      this.#outcome = outcomeOf(value);
    } catch (error) {
      const { signal } = this.#settings;
      if (!signal?.aborted || error !== signal.reason) throw error;
      this.#outcome = interruptedAt(this.state.step);
    } finally {
      this.state.seconds += (performance.now() - begin) / 1000 - (this.#engine.compiling - compiled);
    }
    return undefined;
  }
}
