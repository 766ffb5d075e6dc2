import { dot, norm } from "../../linalg/index.ts";
import type { Capability } from "../../objective/index.ts";
import type { Computation } from "../run/computation.ts";
import { atPrecisionLimit, type Ending, HOPELESS, UNBOUNDED } from "../run/ending.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { moveAlong, type Point, pointAt } from "../run/point.ts";
import { checkProgress, newProgress, type Progress } from "../run/progress.ts";
import type { Solver, SolverState } from "../solver.ts";
import { type Diagonalized, type RegionStep, regionStep } from "./region-step.ts";

/** A quadratic model of a function near a point, in its own coordinates z. Plain data. */
export interface LocalModel extends Diagonalized {
  /** A smaller decrease is within the rounding of the function's terms. */
  readonly least?: number;
}

/** Builds local models. It is stateless: whatever it remembers, such as scales, is in its memory. */
export interface ModelBuilder<M, L extends LocalModel> {
  /** Whether `evaluate` computes the gradient, so that there can be a gradient without a model. */
  readonly givesGradient: boolean;
  init(f: Evaluator): M;
  /** Writes the value at a trial point. */
  evaluate(f: Evaluator, memory: M, at: Point): Computation<void>;
  /** The model at the last point evaluated; writes the gradient there. Null if the model is not finite. */
  model(f: Evaluator, memory: M, at: Point): Computation<L | null>;
  /** Converts z to a step in x. */
  step(model: L, z: Float64Array): Float64Array;
  /** A correction to the last step, from the error of the model at its end, if the model provides one. */
  correction?(memory: M, model: L, taken: RegionStep): Float64Array;
}

export interface TrustRegionOptions<M, L extends LocalModel> {
  readonly needsOneOf: readonly Capability[];
  readonly tolerance: number;
  /** The first trust radius, in z, used if the first step, without a bound, turns out badly. */
  readonly radius: number;
  readonly builder: ModelBuilder<M, L>;
}

export interface TrustRegionState<M, L extends LocalModel> extends SolverState {
  /** Δ: ∞ until a step shows that a bound is needed. */
  radius: number;
  /** Whether no step has been taken yet. */
  isFirst: boolean;
  /** The model at the current point. */
  model: L | null;
  readonly progress: Progress;
  readonly memory: M;
}

/**
 * A solver that steps to the lowest point of a quadratic model within a ball in which the model is trusted. The radius
 * follows the ratio of the actual to the predicted decrease, as in Moré 1978, The Levenberg–Marquardt algorithm: implementation and theory.
 */
export const trustRegion = <M, L extends LocalModel>(
  options: TrustRegionOptions<M, L>,
): Omit<Solver<TrustRegionState<M, L>>, "name"> => ({
  needsOneOf: options.needsOneOf,
  tolerance: options.tolerance,
  resumes: "as before",
  *init(f, start) {
    const { builder } = options;
    const [here, memory] = [pointAt(start), builder.init(f)];
    yield* builder.evaluate(f, memory, here);
    const model = yield* builder.model(f, memory, here);
    if (model === null && !hasGradient(builder, here)) here.value = Number.POSITIVE_INFINITY;
    return { here, radius: Number.POSITIVE_INFINITY, isFirst: true, model, progress: newProgress(), memory };
  },
  *step(f, state) {
    const { here, model, progress } = state;
    if (model === null) return badStart(hasGradient(options.builder, here));
    const { decrease, bounded } = lowestPoint(model);
    const idle = checkProgress(progress, here, decrease, decrease);
    if (idle !== undefined) return idle;
    if (state.isFirst && bounded) state.radius = options.radius;
    state.isFirst = false;
    return yield* new Step(f, state, model, options).take();
  },
});

/** A finite gradient without a finite Hessian ends the search; without a finite gradient the search cannot start. */
const hasGradient = <M, L extends LocalModel>({ givesGradient }: ModelBuilder<M, L>, { g }: Point): boolean =>
  givesGradient && g.every(Number.isFinite);

const badStart = (givesGradient: boolean): Ending => ({
  outcome: "diverged",
  reason: `the ${givesGradient ? "Hessian" : "value or the gradient"} at the start is not finite`,
});

/** If a step changes the value by less than this fraction, rounding hides the change. */
const HIDDEN = 1e-8;
/** The fraction of the predicted decrease that a step must achieve. */
const ACCEPTED = 1e-4;
/** The fraction that a step must achieve for the search to go on without a bound. */
const PROVED = 0.9;
/** A step whose correction is longer than this fraction of it has left the region where the model holds, even if the value fell. */
const BENT = 0.25;
/** A step that changes no variable by more than this fraction changes nothing. */
const SHORTEST = 2 * Number.EPSILON;
/** The most trials from one point: each step is usually a quarter of the one before. */
const MOST_TRIES = 60;

/** One step of the solver: it tries ever shorter steps until one is good. */
class Step<M, L extends LocalModel> {
  readonly #f: Evaluator;
  readonly #state: TrustRegionState<M, L>;
  readonly #model: L;
  readonly #builder: ModelBuilder<M, L>;
  readonly #first: number;
  readonly #here: Point;
  /** The trial point. */
  readonly #there: Point;

  constructor(
    f: Evaluator,
    state: TrustRegionState<M, L>,
    model: L,
    { builder, radius }: Pick<TrustRegionOptions<M, L>, "builder" | "radius">,
  ) {
    [this.#f, this.#state, this.#model, this.#builder, this.#first] = [f, state, model, builder, radius];
    [this.#here, this.#there] = [state.here, pointAt(state.here.x)];
  }

  *take(): Computation<Ending | undefined> {
    const [here, there, state] = [this.#here, this.#there, this.#state];
    const least = Math.max(HOPELESS * Math.abs(here.value), this.#model.least ?? 0);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const tried = regionStep(this.#model, state.radius);
      if (!(tried.decrease > least) || !this.#moveBy(tried.z)) break;
      yield* this.#builder.evaluate(this.#f, state.memory, there);
      if (there.value === Number.NEGATIVE_INFINITY) return UNBOUNDED;
      const next = yield* this.#judge(tried);
      if (next === null) continue;
      state.model = next;
      state.here = there;
      return undefined;
    }
    return atPrecisionLimit(here, lowestPoint(this.#model).decrease);
  }

  /** The model at the end of a step if the step is good, else null. Sets the radius for the next step. */
  *#judge(tried: RegionStep): Computation<L | null> {
    const [here, there, state] = [this.#here, this.#there, this.#state];
    const noise = HIDDEN * Math.abs(here.value);
    const hidden = tried.decrease <= noise && there.value - here.value <= noise;
    const wanted = state.radius < Number.POSITIVE_INFINITY ? ACCEPTED : PROVED;
    let ratio = hidden ? 1 : yield* this.#ratio(tried);
    const next = ratio > wanted ? yield* this.#builder.model(this.#f, state.memory, there) : null;
    if (next !== null && hidden) ratio = this.#decreaseBySlopes() / tried.decrease;
    if (next === null && ratio > wanted) ratio = Number.NEGATIVE_INFINITY;
    state.radius = ratio < wanted && wanted === PROVED ? this.#first : nextRadius(state.radius, tried, ratio);
    return ratio > wanted ? next : null;
  }

  /** The ratio of the actual to the predicted decrease. If there is no decrease, it corrects the step and tries again. */
  *#ratio(tried: RegionStep): Computation<number> {
    const [here, there, { memory }] = [this.#here, this.#there, this.#state];
    const ratio = (): number => (here.value - there.value) / tried.decrease;
    const correction =
      there.value < Number.POSITIVE_INFINITY ? this.#builder.correction?.(memory, this.#model, tried) : undefined;
    if (correction === undefined) return ratio();
    if (!(norm(correction) <= BENT * norm(tried.z))) return -1;
    if (ratio() > ACCEPTED) return ratio();
    this.#moveBy(correction.map((change, k) => tried.z[k] + change));
    yield* this.#builder.evaluate(this.#f, memory, there);
    return ratio();
  }

  /** Moves the trial point to the end of a step; false if it would not move. */
  #moveBy(z: Float64Array): boolean {
    const { x } = this.#here;
    const step = this.#builder.step(this.#model, z);
    moveAlong(this.#there.x, x, 1, step);
    return step.some((change, i) => Math.abs(change) > SHORTEST * Math.abs(x[i]));
  }

  /** The decrease from the gradients at both ends of the step, which are more accurate than values that only differ by rounding. */
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
  // The minimum of the parabola through both values and the slope at the start.
  const part = ratio >= 0 ? 0.5 : Math.max(0.1, 0.5 / (1 - 0.5 * ratio));
  return part * Math.min(radius, 10 * length);
}

/** The lowest point of a model without a region. */
const lowestPoint = (model: LocalModel): RegionStep => regionStep(model, Number.MAX_VALUE);
