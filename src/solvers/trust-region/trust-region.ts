import { dot, norm } from "../../linalg/index.ts";
import type { Capability } from "../../objective/objective.ts";
import type { Evaluator } from "../evaluator.ts";
import { ahead, iterationAt, type Point, pointAt } from "../point.ts";
import { BOTTOMLESS, HOPELESS, limitOfNumbers, noProgress, Progress } from "../progress.ts";
import type { Ending } from "../solution.ts";
import type { Solver } from "../solver.ts";
import type { Solving } from "../solving.ts";
import { type Diagonalized, type RegionStep, regionStep } from "./region-step.ts";

/** A function near a point, as a quadratic in coordinates z of its own. */
export interface LocalModel extends Diagonalized {
  /** A decrease of less than this moves everything that is summed by its rounding alone. */
  readonly least?: number;
  /** The step that z stands for. */
  step(z: Float64Array): Float64Array;
  /** What the point that was looked at last says should be added to the step that led there, where a model can tell. */
  correction?(taken: RegionStep): Float64Array;
}

/** Makes models; one maker for each run, as it may remember scales. */
export interface Modeller {
  /** Whether a look brings the gradient, so that a model can be missing where there is one. */
  readonly sloped: boolean;
  /** Writes the value at a point that is tried. */
  look(at: Point): Solving<void>;
  /** The model at the point that was looked at last; the gradient is written there. Null where it is not finite. */
  model(at: Point): Solving<LocalModel | null>;
}

export interface TrustRegionOptions {
  readonly name: string;
  readonly needsOneOf: readonly Capability[];
  readonly tolerance: number;
  /** The length of z that is trusted at first, where the step without a bound does not prove right. */
  readonly radius: number;
  start(f: Evaluator): Modeller;
}

/**
 * A solver that goes to the lowest point of a quadratic model within a ball in which the model has proved right. The
 * radius follows the ratio of the real to the predicted decrease as in Moré 1978, The Levenberg–Marquardt algorithm:
 * implementation and theory.
 */
export const trustRegion = ({ name, needsOneOf, tolerance, radius, start }: TrustRegionOptions): Solver => ({
  name,
  needsOneOf,
  tolerance,
  resumes: "as before",
  run: (f, x) => new Walk(x, start(f), radius).run(),
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

class Walk {
  readonly #modeller: Modeller;
  readonly #first: number;
  #here: Point;
  #spare: Point;
  #radius = Number.POSITIVE_INFINITY;

  constructor(start: Float64Array, modeller: Modeller, first: number) {
    this.#modeller = modeller;
    this.#first = first;
    this.#here = pointAt(start);
    this.#spare = pointAt(start);
  }

  *run(): Solving<Ending> {
    yield* this.#modeller.look(this.#here);
    let model = yield* this.#modeller.model(this.#here);
    if (model === null) {
      // Slopes that are numbers where the curvature is none are an end; else there is no start.
      const sloped = this.#here.g.every(Number.isFinite) && this.#modeller.sloped;
      if (!sloped) this.#here.value = Number.POSITIVE_INFINITY;
      yield iterationAt(0, this.#here);
      return {
        outcome: "diverged",
        reason: `the ${sloped ? "Hessian" : "value or the gradient"} at the start is not finite`,
      };
    }
    const progress = new Progress();
    for (let index = 0; ; index++) {
      yield iterationAt(index, this.#here);
      const { decrease, bounded } = lowestPoint(model);
      if (!progress.goesOn(this.#here.value, decrease)) return noProgress(this.#here, decrease);
      if (index === 0 && bounded) this.#radius = this.#first;
      const next: LocalModel | Ending = yield* this.#step(model);
      if ("outcome" in next) return next;
      model = next;
      [this.#here, this.#spare] = [this.#spare, this.#here];
    }
  }

  /** Tries shorter and shorter steps until one is good; `spare` is then where it leads, and the model there is returned. */
  *#step(model: LocalModel): Solving<LocalModel | Ending> {
    const [here, spare] = [this.#here, this.#spare];
    const least = Math.max(HOPELESS * Math.abs(here.value), model.least ?? 0);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const tried = regionStep(model, this.#radius);
      if (!(tried.decrease > least) || !this.#moveBy(model.step(tried.z))) break;
      yield* this.#modeller.look(spare);
      if (spare.value === Number.NEGATIVE_INFINITY) return BOTTOMLESS;
      const next = yield* this.#judge(model, tried);
      if (next !== null) return next;
    }
    return limitOfNumbers(here, lowestPoint(model).decrease);
  }

  /** The model where a step has led, if it is a good one. The radius is set for the next. */
  *#judge(model: LocalModel, tried: RegionStep): Solving<LocalModel | null> {
    const noise = HIDDEN * Math.abs(this.#here.value);
    const hidden = tried.decrease <= noise && this.#spare.value - this.#here.value <= noise;
    const wanted = this.#radius < Number.POSITIVE_INFINITY ? ACCEPTED : PROVED;
    let ratio = hidden ? 1 : yield* this.#ratio(model, tried);
    const next = ratio > wanted ? yield* this.#modeller.model(this.#spare) : null;
    if (next !== null && hidden) ratio = this.#decreaseBySlopes() / tried.decrease;
    if (next === null && ratio > wanted) ratio = Number.NEGATIVE_INFINITY;
    this.#radius = ratio < wanted && wanted === PROVED ? this.#first : this.#nextRadius(tried, ratio);
    return ratio > wanted ? next : null;
  }

  /** The part of the predicted decrease that came true. Where that is nothing, the step is corrected and tried again. */
  *#ratio(model: LocalModel, tried: RegionStep): Solving<number> {
    const ratio = (): number => (this.#here.value - this.#spare.value) / tried.decrease;
    const correction = this.#spare.value < Number.POSITIVE_INFINITY ? model.correction?.(tried) : undefined;
    if (correction === undefined) return ratio();
    if (!(norm(correction) <= BENT * norm(tried.z))) return -1;
    if (ratio() > ACCEPTED) return ratio();
    this.#moveBy(model.step(correction.map((change, k) => tried.z[k] + change)));
    yield* this.#modeller.look(this.#spare);
    return ratio();
  }

  /** Puts `spare` at the end of a step; false where that is no other place. */
  #moveBy(step: Float64Array): boolean {
    const { x } = this.#here;
    ahead(this.#spare.x, x, 1, step);
    return step.some((change, i) => Math.abs(change) > SHORTEST * Math.abs(x[i]));
  }

  /** By the slopes at both ends of the step, which tell more than the values where these differ by rounding alone. */
  #decreaseBySlopes(): number {
    const step = this.#spare.x.map((x, i) => x - this.#here.x[i]);
    return -(dot(this.#here.g, step) + dot(this.#spare.g, step)) / 2;
  }

  /** Smaller after a bad step, larger after a good one. */
  #nextRadius({ z, bounded }: RegionStep, ratio: number): number {
    const length = norm(z);
    if (ratio >= 0.25) return ratio > 0.75 || !bounded ? 2 * length : this.#radius;
    // Where the parabola through the values and the slope at the start has its minimum.
    const part = ratio >= 0 ? 0.5 : Math.max(0.1, 0.5 / (1 - 0.5 * ratio));
    return part * Math.min(this.#radius, 10 * length);
  }
}

/** The lowest point of a model without a region. */
const lowestPoint = (model: LocalModel): RegionStep => regionStep(model, Number.MAX_VALUE);
