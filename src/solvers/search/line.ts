import { dot } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { moveAlong, type Point } from "../run/point.ts";

/** The line φ(α) = f(x + αd) from a point x. */
export class Line {
  readonly here: Point;
  readonly d: Float64Array;
  /** φ′(0). */
  readonly slope: number;
  /** The last point evaluated; complete after `gradient`. */
  readonly trial: Point;
  /** The trial's α. */
  alpha = 0;
  readonly #f: Evaluator;

  constructor(f: Evaluator, here: Point, d: Float64Array, trial: Point) {
    this.#f = f;
    this.here = here;
    this.d = d;
    this.trial = trial;
    this.slope = dot(here.g, d);
  }

  /** φ(α). */
  *value(alpha: number): Computation<number> {
    this.#moveTo(alpha);
    this.trial.value = yield* this.#f.value(this.trial.x);
    return this.trial.value;
  }

  /** φ(α); also computes the gradient there. */
  *gradient(alpha: number): Computation<number> {
    this.#moveTo(alpha);
    this.trial.value = yield* this.#f.gradient(this.trial.x, this.trial.g);
    return this.trial.value;
  }

  /** φ′(α) at the last point where the gradient was computed. */
  trialSlope(): number {
    return dot(this.trial.g, this.d);
  }

  #moveTo(alpha: number): void {
    this.alpha = alpha;
    moveAlong(this.trial.x, this.here.x, alpha, this.d);
  }
}
