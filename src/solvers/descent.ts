import type { Capability } from "../objective/objective.ts";
import type { Evaluator } from "./evaluator.ts";
import { Line } from "./line.ts";
import { iterationAt, largest, type Point, pointAt } from "./point.ts";
import { BOTTOMLESS, HOPELESS, limitOfNumbers, noProgress, Progress } from "./progress.ts";
import type { Ending } from "./solution.ts";
import { type Solver, TOLERANCE } from "./solver.ts";
import type { Solving } from "./solving.ts";

/** Where to go from a point. */
export interface Direction {
  readonly name: string;
  /** What it asks of objectives beyond values and gradients: one of these. */
  readonly needsOneOf: readonly Capability[];
  /** Followed even where it leads up, as Newton's own formula is, which seeks any point without slope. */
  readonly unguarded?: boolean;
  /** How a search goes on from a lower point than the one where it would end, as `resumes` of solvers says. */
  readonly resumes?: Solver["resumes"];
  /** The direction for one run, with a memory of its own. */
  start(f: Evaluator): Guide;
}

export interface Guide {
  /** Writes the direction at a point to d: at once, or after asking the objective; then it may say that there is none. */
  direction(here: Point, d: Float64Array): undefined | Solving<Ending | undefined>;
  /** Whether the length of the last direction means something, so that α = 1 is to be tried first. */
  scaled(): boolean;
  /** Told of each step that is taken. */
  learn?(from: Point, to: Point): void;
  /** Drops what was learnt. */
  forget?(): void;
}

/** How far to go along a direction. */
export interface StepLength {
  readonly name: string;
  /** The rule for one run, with a memory of its own. */
  start(): LineSearch;
}

/** Finds a point ahead on the line and takes the gradient there; null where none is good. α = `first` is a good try. */
export type LineSearch = (line: Line, first: number) => Solving<Point | null>;

export interface DescentOptions {
  readonly name?: string;
  readonly direction: Direction;
  readonly stepLength: StepLength;
}

/** A solver made of a direction d and a step length α: x ← x + αd. */
export const descent = ({ direction, stepLength, name }: DescentOptions): Solver => ({
  name: name ?? `${direction.name}, ${stepLength.name}`,
  needsOneOf: direction.needsOneOf,
  tolerance: TOLERANCE,
  unguarded: direction.unguarded,
  resumes: direction.resumes,
  run: (f, start) => new Descent(f, start, direction, stepLength).run(),
});

/** How much further than the last a step is to go at most. */
const GROWTH = 10;

/** One run: two points, where it stands and the one that is tried, change places at each step. */
class Descent {
  readonly #f: Evaluator;
  readonly #unguarded: boolean;
  readonly #guide: Guide;
  readonly #search: LineSearch;
  readonly #d: Float64Array;
  #here: Point;
  #spare: Point;
  /** The decrease that the last step was to bring by its slope: α·φ′(0). */
  #promised = 0;
  /** How far the last step went: the largest change of a number. */
  #moved = 0;
  /** What the last direction promised with the length that it came with; unknown where that means nothing. */
  #expected = Number.POSITIVE_INFINITY;

  constructor(f: Evaluator, start: Float64Array, direction: Direction, stepLength: StepLength) {
    this.#f = f;
    this.#unguarded = direction.unguarded ?? false;
    this.#guide = direction.start(f);
    this.#search = stepLength.start();
    this.#d = new Float64Array(start.length);
    this.#here = pointAt(start);
    this.#spare = pointAt(start);
  }

  *run(): Solving<Ending> {
    const progress = new Progress();
    this.#here.value = yield* this.#f.gradient(this.#here.x, this.#here.g);
    for (let index = 0; ; index++) {
      yield iterationAt(index, this.#here);
      if (!progress.goesOn(this.#here.value, largest(this.#here.g))) return noProgress(this.#here, this.#expected);
      const next = yield* this.#step();
      if ("outcome" in next) return next;
      this.#guide.learn?.(this.#here, next);
      [this.#here, this.#spare] = [next, this.#here];
    }
  }

  /** The next point; by steepest descent where the direction proper leads nowhere. */
  *#step(): Solving<Point | Ending> {
    const asked = this.#guide.direction(this.#here, this.#d);
    const ending = asked === undefined ? undefined : yield* asked;
    if (ending !== undefined) return ending;
    const line = this.#line();
    const scaled = this.#guide.scaled();
    this.#expected = scaled && line.slope < 0 ? -line.slope : Number.POSITIVE_INFINITY;
    if (!this.#unguarded && this.#expected <= HOPELESS * Math.abs(this.#here.value))
      return limitOfNumbers(this.#here, this.#expected);
    const next = yield* this.#along(line, scaled);
    if (next !== null) return next;
    if (this.#unguarded) return { outcome: "diverged", reason: "the step leads where the function is not finite" };
    this.#guide.forget?.();
    for (let i = 0; i < this.#d.length; i++) this.#d[i] = -this.#here.g[i];
    const steepest = yield* this.#along(this.#line(), false);
    return steepest ?? limitOfNumbers(this.#here, this.#expected);
  }

  #line(): Line {
    return new Line(this.#f, this.#here, this.#d, this.#spare);
  }

  *#along(line: Line, scaled: boolean): Solving<Point | Ending | null> {
    if (!this.#unguarded && !(line.slope < 0 && line.d.every(Number.isFinite))) return null;
    const found = yield* this.#search(line, scaled ? 1 : this.#firstLength(line));
    if (found?.value === Number.NEGATIVE_INFINITY) return BOTTOMLESS;
    this.#promised = line.alpha * line.slope;
    this.#moved = line.alpha * largest(line.d);
    return found;
  }

  /**
   * A length to try where the direction's own means nothing: the one that promises what the last step promised (Nocedal
   * & Wright 2006, section 3.5); at first a hundredth of x (Hager & Zhang 2005).
   */
  #firstLength({ here, d, slope }: Line): number {
    if (this.#promised < 0) return Math.min(this.#promised / slope, (GROWTH * this.#moved) / largest(d));
    const length = 0.01 * (largest(here.x) || Math.min(1, Math.abs(here.value)) || 1);
    return length / largest(d);
  }
}
