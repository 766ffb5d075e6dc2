import { norm } from "../../linalg/index.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Capability } from "../objective.ts";
import { ahead, iterationAt, type Point, pointAt } from "../point.ts";
import { limitOfNumbers } from "../progress.ts";
import type { Ending } from "../solution.ts";
import type { Solver } from "../solver.ts";
import type { Solving } from "../solving.ts";
import { type Diagonalized, type RegionStep, regionStep } from "./region-step.ts";

/** A function near a point, as a quadratic in coordinates z of its own. */
export interface LocalModel extends Diagonalized {
  /** The step that z stands for. */
  step(z: Float64Array): Float64Array;
  /** The length of a place or a step in the metric in which the region is a ball. */
  length(x: Float64Array): number;
}

/** Makes models; one maker for each run, as it may remember scales. */
export interface Modeller {
  /** Writes the value at a point that is tried. */
  look(at: Point): Solving<void>;
  /** The model at the point that was looked at last; the gradient is written there. Null where it is not finite. */
  model(at: Point): Solving<LocalModel | null>;
}

export interface TrustRegionOptions {
  readonly name: string;
  readonly needsOneOf: readonly Capability[];
  readonly tolerance: number;
  /** The first radius, in units of the start's length in the model's metric. */
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
  run: (f, x) => new Walk(x, start(f)).run(radius),
});

/** Where the model hopes for less than this part of the value, the minimum is near. */
const NEAR = 1e-8;
/** The part of the predicted decrease that a step has to bring. */
const ACCEPTED = 1e-4;
/** Steps that change no number of x by more than this part of it change nothing. */
const SHORTEST = 2 * Number.EPSILON;
/** Ever shorter steps to try from one point: a quarter of the length each, most of the time. */
const MOST_TRIES = 60;

class Walk {
  readonly #modeller: Modeller;
  #here: Point;
  #spare: Point;
  #radius = Number.POSITIVE_INFINITY;

  constructor(start: Float64Array, modeller: Modeller) {
    this.#modeller = modeller;
    this.#here = pointAt(start);
    this.#spare = pointAt(start);
  }

  *run(factor: number): Solving<Ending> {
    yield* this.#modeller.look(this.#here);
    let model = yield* this.#modeller.model(this.#here);
    if (model === null) {
      this.#here.value = Number.POSITIVE_INFINITY;
      yield iterationAt(0, this.#here);
      return { outcome: "diverged", reason: "the start is not finite" };
    }
    this.#radius = factor * (model.length(this.#here.x) || 1);
    for (let index = 0; ; index++) {
      yield iterationAt(index, this.#here);
      if (index === 0) this.#radius = Math.min(this.#radius, norm(regionStep(model, this.#radius).z));
      const next: LocalModel | Ending = yield* this.#step(model);
      if ("outcome" in next) return next;
      model = next;
      [this.#here, this.#spare] = [this.#spare, this.#here];
    }
  }

  /** Tries shorter and shorter steps until one is good; `spare` is then where it leads, and the model there is returned. */
  *#step(model: LocalModel): Solving<LocalModel | Ending> {
    const [here, spare] = [this.#here, this.#spare];
    const hope = hopeOf(model);
    if (hope <= NEAR * Math.abs(here.value)) {
      const polished = yield* this.#polish(model, hope);
      if (polished !== null) return polished;
    }
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const tried = regionStep(model, this.#radius);
      const step = model.step(tried.z);
      if (!(tried.decrease > Number.EPSILON * Math.abs(here.value)) || !moves(here.x, step)) break;
      yield* this.#tryStep(step);
      if (spare.value === Number.NEGATIVE_INFINITY)
        return { outcome: "diverged", reason: "the value falls without bound" };
      const ratio = (here.value - spare.value) / tried.decrease;
      const next = ratio > ACCEPTED ? yield* this.#modeller.model(spare) : null;
      this.#adjust(tried, next === null && ratio > ACCEPTED ? Number.NEGATIVE_INFINITY : ratio);
      if (next !== null) return next;
    }
    return limitOfNumbers(here, hope);
  }

  *#tryStep(step: Float64Array): Solving<void> {
    ahead(this.#spare.x, this.#here.x, 1, step);
    yield* this.#modeller.look(this.#spare);
  }

  /**
   * The last digits: rounding hides whether the value falls, so the whole step is taken where the next model hopes for
   * less than this one.
   */
  *#polish(model: LocalModel, hope: number): Solving<LocalModel | null> {
    const { z } = regionStep(model, Number.MAX_VALUE);
    yield* this.#tryStep(model.step(z));
    const rise = this.#spare.value - this.#here.value;
    if (!(rise <= NEAR * Math.abs(this.#here.value))) return null;
    const next = yield* this.#modeller.model(this.#spare);
    return next !== null && hopeOf(next) < 0.9 * hope ? next : null;
  }

  /** A smaller region after a bad step, a larger one after a good one. */
  #adjust({ z, bounded }: RegionStep, ratio: number): void {
    const length = norm(z);
    if (ratio < 0.25) {
      // Where the parabola through the values and the slope at the start has its minimum.
      const part = ratio >= 0 ? 0.5 : 0.5 / (1 - 0.5 * ratio);
      this.#radius = Math.max(0.1, part) * Math.min(this.#radius, 10 * length);
    } else if (ratio > 0.75 || !bounded) this.#radius = 2 * length;
  }
}

const moves = (x: Float64Array, step: Float64Array): boolean =>
  step.some((change, i) => Math.abs(change) > SHORTEST * Math.abs(x[i]));

/** The decrease that a model promises without a region. */
const hopeOf = (model: LocalModel): number => regionStep(model, Number.MAX_VALUE).decrease;
