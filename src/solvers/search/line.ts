import { dot } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { ahead, type Point } from "../run/point.ts";

/** The line φ(α) = f(x + αd) from a point x. */
export class Line {
  readonly here: Point;
  readonly d: Float64Array;
  /** φ′(0). */
  readonly slope: number;
  /** Where the line was looked at last; after `gradient` it is all there. */
  readonly trial: Point;
  /** The α of the trial. */
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

  /** φ(α), and the gradient there. */
  *gradient(alpha: number): Computation<number> {
    this.#moveTo(alpha);
    this.trial.value = yield* this.#f.gradient(this.trial.x, this.trial.g);
    return this.trial.value;
  }

  /** φ′(α) where the gradient was taken last. */
  trialSlope(): number {
    return dot(this.trial.g, this.d);
  }

  #moveTo(alpha: number): void {
    this.alpha = alpha;
    ahead(this.trial.x, this.here.x, alpha, this.d);
  }
}
