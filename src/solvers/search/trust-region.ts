import { dot, norm } from "../../linalg/index.ts";
import type { Capability } from "../../objective/index.ts";
import type { Computation } from "../run/computation.ts";
import { BOTTOMLESS, type Ending, HOPELESS, limitOfNumbers } from "../run/ending.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { ahead, type Point, pointAt } from "../run/point.ts";
import { atFirst, idleEnd, type Progress } from "../run/progress.ts";
import type { Solver, SolverState } from "../solver.ts";
import { type Diagonalized, type RegionStep, regionStep } from "./region-step.ts";

/** A function near a point, as a quadratic in coordinates z of its own: plain data. */
export interface LocalModel extends Diagonalized {
  /** A decrease of less than this moves everything that is summed by its rounding alone. */
  readonly least?: number;
}

/** Makes models. It keeps nothing itself: what it remembers, such as scales, is its memory. */
export interface Modeller<M, L extends LocalModel> {
  /** Whether a look brings the gradient, so that a model can be missing where there is one. */
  readonly sloped: boolean;
  init(f: Evaluator): M;
  /** Writes the value at a point that is tried. */
  look(f: Evaluator, memory: M, at: Point): Computation<void>;
  /** The model at the point that was looked at last; the gradient is written there. Null where it is not finite. */
  model(f: Evaluator, memory: M, at: Point): Computation<L | null>;
  /** The step that z stands for. */
  step(model: L, z: Float64Array): Float64Array;
  /** What the point that was looked at last says should be added to the step that led there, where a model can tell. */
  correction?(memory: M, model: L, taken: RegionStep): Float64Array;
}

export interface TrustRegionOptions<M, L extends LocalModel> {
  readonly needsOneOf: readonly Capability[];
  readonly tolerance: number;
  /** The length of z that is trusted at first, where the step without a bound does not prove right. */
  readonly radius: number;
  readonly modeller: Modeller<M, L>;
}

export interface TrustRegionState<M, L extends LocalModel> extends SolverState {
  /** Δ: ∞ as long as the first step has not shown that a bound is needed. */
  radius: number;
  /** No step was taken yet. */
  isFirst: boolean;
  /** The model where the search stands. */
  model: L | null;
  readonly progress: Progress;
  readonly memory: M;
}

/**
 * A solver that goes to the lowest point of a quadratic model within a ball in which the model has proved right. The
 * radius follows the ratio of the real to the predicted decrease as in Moré 1978, The Levenberg–Marquardt algorithm:
 * implementation and theory.
 */
export const trustRegion = <M, L extends LocalModel>(
  options: TrustRegionOptions<M, L>,
): Omit<Solver<TrustRegionState<M, L>>, "name"> => ({
  needsOneOf: options.needsOneOf,
  tolerance: options.tolerance,
  resumes: "as before",
  *init(f, start) {
    const { modeller } = options;
    const [here, memory] = [pointAt(start), modeller.init(f)];
    yield* modeller.look(f, memory, here);
    const model = yield* modeller.model(f, memory, here);
    if (model === null && !isSloped(modeller, here)) here.value = Number.POSITIVE_INFINITY;
    return { here, radius: Number.POSITIVE_INFINITY, isFirst: true, model, progress: atFirst(), memory };
  },
  *step(f, state) {
    const { here, model, progress } = state;
    if (model === null) return noStart(isSloped(options.modeller, here));
    const { decrease, bounded } = lowestPoint(model);
    const idle = idleEnd(progress, here, decrease, decrease);
    if (idle !== undefined) return idle;
    if (state.isFirst && bounded) state.radius = options.radius;
    state.isFirst = false;
    return yield* new Step(f, state, model, options).take();
  },
});

/** Slopes that are numbers where the curvature is none are an end; else there is no start. */
const isSloped = <M, L extends LocalModel>({ sloped }: Modeller<M, L>, { g }: Point): boolean =>
  sloped && g.every(Number.isFinite);

const noStart = (sloped: boolean): Ending => ({
  outcome: "diverged",
  reason: `the ${sloped ? "Hessian" : "value or the gradient"} at the start is not finite`,
});

/** Where a step is to change the value by less than this part of it, rounding hides what it does. */
const HIDDEN = 1e-8;
/** The part of the predicted decrease that a step has to bring. */
const ACCEPTED = 1e-4;
/** The part that the first step has to bring if it is to go on without a bound. */
const PROVED = 0.9;
/** A step whose correction is longer than this part of it has left the place where the model holds, wherever it led. */
const BENT = 0.25;
/** Steps that change no number of x by more than this part of it change nothing. */
const SHORTEST = 2 * Number.EPSILON;
/** Ever shorter steps to try from one point: a quarter of the length each, most of the time. */
const MOST_TRIES = 60;

/** One step: shorter and shorter ones are tried until one is good. */
class Step<M, L extends LocalModel> {
  readonly #f: Evaluator;
  readonly #state: TrustRegionState<M, L>;
  readonly #model: L;
  readonly #modeller: Modeller<M, L>;
  readonly #first: number;
  readonly #here: Point;
  /** The end of the step that is tried. */
  readonly #there: Point;

  constructor(
    f: Evaluator,
    state: TrustRegionState<M, L>,
    model: L,
    { modeller, radius }: Pick<TrustRegionOptions<M, L>, "modeller" | "radius">,
  ) {
    [this.#f, this.#state, this.#model, this.#modeller, this.#first] = [f, state, model, modeller, radius];
    [this.#here, this.#there] = [state.here, pointAt(state.here.x)];
  }

  *take(): Computation<Ending | undefined> {
    const [here, there, state] = [this.#here, this.#there, this.#state];
    const least = Math.max(HOPELESS * Math.abs(here.value), this.#model.least ?? 0);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const tried = regionStep(this.#model, state.radius);
      if (!(tried.decrease > least) || !this.#moveBy(tried.z)) break;
      yield* this.#modeller.look(this.#f, state.memory, there);
      if (there.value === Number.NEGATIVE_INFINITY) return BOTTOMLESS;
      const next = yield* this.#judge(tried);
      if (next === null) continue;
      state.model = next;
      state.here = there;
      return undefined;
    }
    return limitOfNumbers(here, lowestPoint(this.#model).decrease);
  }

  /** The model where a step has led, if it is a good one. The radius is set for the next. */
  *#judge(tried: RegionStep): Computation<L | null> {
    const [here, there, state] = [this.#here, this.#there, this.#state];
    const noise = HIDDEN * Math.abs(here.value);
    const hidden = tried.decrease <= noise && there.value - here.value <= noise;
    const wanted = state.radius < Number.POSITIVE_INFINITY ? ACCEPTED : PROVED;
    let ratio = hidden ? 1 : yield* this.#ratio(tried);
    const next = ratio > wanted ? yield* this.#modeller.model(this.#f, state.memory, there) : null;
    if (next !== null && hidden) ratio = this.#decreaseBySlopes() / tried.decrease;
    if (next === null && ratio > wanted) ratio = Number.NEGATIVE_INFINITY;
    state.radius = ratio < wanted && wanted === PROVED ? this.#first : nextRadius(state.radius, tried, ratio);
    return ratio > wanted ? next : null;
  }

  /** The part of the predicted decrease that came true. Where that is nothing, the step is corrected and tried again. */
  *#ratio(tried: RegionStep): Computation<number> {
    const [here, there, { memory }] = [this.#here, this.#there, this.#state];
    const ratio = (): number => (here.value - there.value) / tried.decrease;
    const correction =
      there.value < Number.POSITIVE_INFINITY ? this.#modeller.correction?.(memory, this.#model, tried) : undefined;
    if (correction === undefined) return ratio();
    if (!(norm(correction) <= BENT * norm(tried.z))) return -1;
    if (ratio() > ACCEPTED) return ratio();
    this.#moveBy(correction.map((change, k) => tried.z[k] + change));
    yield* this.#modeller.look(this.#f, memory, there);
    return ratio();
  }

  /** Goes to the end of a step; false where that is no other place. */
  #moveBy(z: Float64Array): boolean {
    const { x } = this.#here;
    const step = this.#modeller.step(this.#model, z);
    ahead(this.#there.x, x, 1, step);
    return step.some((change, i) => Math.abs(change) > SHORTEST * Math.abs(x[i]));
  }

  /** By the slopes at both ends of the step, which tell more than the values where these differ by rounding alone. */
  #decreaseBySlopes(): number {
    const [here, there] = [this.#here, this.#there];
    const step = there.x.map((x, i) => x - here.x[i]);
    return -(dot(here.g, step) + dot(there.g, step)) / 2;
  }
}

/** Smaller after a bad step, larger after a good one. */
function nextRadius(radius: number, { z, bounded }: RegionStep, ratio: number): number {
  const length = norm(z);
  if (ratio >= 0.25) return ratio > 0.75 || !bounded ? 2 * length : radius;
  // Where the parabola through the values and the slope at the start has its minimum.
  const part = ratio >= 0 ? 0.5 : Math.max(0.1, 0.5 / (1 - 0.5 * ratio));
  return part * Math.min(radius, 10 * length);
}

/** The lowest point of a model without a region. */
const lowestPoint = (model: LocalModel): RegionStep => regionStep(model, Number.MAX_VALUE);
