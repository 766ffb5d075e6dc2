import { Coordinates, sizesAt, TurnedEvaluator } from "./coordinates.ts";
import type { Evaluator } from "./evaluator.ts";
import { leastChange } from "./least-change.ts";
import { largest } from "./point.ts";
import { BOTTOMLESS, convergedAt, short, stalledAt } from "./progress.ts";
import { runAway } from "./run-away.ts";
import { type Seen, secondLook } from "./second-look.ts";
import type { Ending } from "./solution.ts";
import type { Solver } from "./solver.ts";
import type { Iteration, Solving } from "./solving.ts";

/** Where a search is: at a point that it has just reached, or, with `ending`, where it cannot go on from. */
export interface Standing {
  readonly here: Iteration;
  readonly reached: boolean;
  readonly ending?: Ending;
}

/** What is left of a sum of squares that is 0, where the value at the start is 1 or more. */
const NOTHING = 1e-20;
/** So far below what the value was at the start no function has its minimum. */
const BOTTOM = 1e100;
/** Where the curvature is no number any more, so far below is a pole. */
const POLE = 1e10;
/** After so many steps it is asked whether a sum of squares is its own rounding by now. */
const FIT_ASKED = 20;
/** The tolerance is made so much smaller where a second look finds that it was too large. */
const TIGHTER = 1e-3;
/** So many times a search goes on from a lower point; then it must have come lower by that part of the value, to go on as often again. */
const RESUMED = { times: 10, part: 0.01 };

/**
 * One search, which ends where a second look says so: a small slope, or a solver that cannot go on, only makes it look. Where there
 * is a lower point it goes on, with a smaller tolerance or from that point.
 */
export class Walk {
  readonly #f: Evaluator;
  readonly #solver: Solver;
  /** The caller said what tolerance is to be kept to: then only saddles are looked for. */
  readonly #told: boolean;
  readonly #tolerance: number;
  /** The part of the tolerance that is kept to. */
  #tighter = 1;
  #run: Solving<Ending> | undefined;
  #turned: TurnedEvaluator | undefined;
  #here: Iteration | undefined;
  #from: Float64Array = new Float64Array();
  /** |f| at the start. */
  #size = Number.POSITIVE_INFINITY;
  /** Steps before this run. */
  #before = 0;
  #resumed = 0;
  #mark = Number.POSITIVE_INFINITY;
  /** Where to go on from. */
  #next: Seen | undefined;

  constructor(f: Evaluator, solver: Solver, tolerance: number, told: boolean) {
    this.#f = f;
    this.#solver = solver;
    this.#tolerance = tolerance;
    this.#told = told;
  }

  /** Sets out; where units matter to the solver, with numbers measured by their sizes. */
  *setOut(start: Float64Array): Solving<void> {
    this.#from = start;
    const sizes = this.#solver.resumes === "rescaled" ? yield* sizesAt(this.#f, start) : null;
    this.#start(start, sizes === null ? undefined : Coordinates.bySizes(start, sizes));
  }

  #start(from: Float64Array, coordinates?: Coordinates): void {
    this.#turned = coordinates === undefined ? undefined : new TurnedEvaluator(this.#f, coordinates);
    this.#run = this.#solver.run(
      this.#turned ?? this.#f,
      coordinates === undefined ? from : new Float64Array(from.length),
    );
  }

  next(): Standing | Promise<void> {
    if (this.#run === undefined) throw new Error("a search was asked for its next point before it set out");
    const { done, value } = this.#run.next();
    if (done) {
      if (this.#here === undefined) throw new Error("a solver ended before it told where it starts");
      return { here: this.#here, reached: false, ending: value };
    }
    if (value instanceof Promise) return value;
    if (value.value === Number.NEGATIVE_INFINITY && this.#here !== undefined)
      return { here: this.#here, reached: false, ending: BOTTOMLESS };
    const { index, ...point } = this.#turned?.back(value) ?? value;
    this.#here = { ...point, index: this.#before + index };
    if (this.#here.index === 0) this.#size = Math.abs(value.value);
    return { here: this.#here, reached: true };
  }

  /** How the search ends here; undefined where it goes on. */
  *ends({ here, ending }: Standing): Solving<Ending | undefined> {
    if (here.value < -BOTTOM * Math.max(1, this.#size)) return BOTTOMLESS;
    const candidate = ending ?? this.#smallSlope(here, this.#tighter * this.#tolerance);
    if (candidate === undefined) return yield* this.#perfectFit(here);
    if (this.#solver.unguarded) return candidate;
    if (candidate.outcome !== "converged" && candidate.outcome !== "stalled") return candidate;
    const own = ending !== undefined;
    const seen = yield* secondLook(this.#f, here, {
      start: this.#from,
      size: this.#size,
      goesOn: !own,
      saddlesOnly: !own && this.#told,
      polishes: this.#solver.resumes === "rescaled",
    });
    if (seen.infinite && here.value < -POLE * Math.max(1, this.#size)) return BOTTOMLESS;
    if (seen.lower === undefined) return this.#final(own ? judged(candidate, here, seen) : candidate, here, seen);
    const fit = own || seen.saddle ? yield* this.#perfectFit(here, this.#resumed > 0) : undefined;
    if (fit !== undefined) return fit;
    if (!own && !seen.saddle) this.#tighter *= TIGHTER;
    else if (this.#mayResume(here, seen)) this.#next = seen;
    else
      return this.#final(seen.gain === false && !seen.saddle ? convergedAt(here) : stalledAt(here, ASIDE), here, seen);
    return undefined;
  }

  /** Goes on from the lower point that was seen, if one is to be gone on from. */
  goOn(): void {
    const { lower, curved } = this.#next ?? {};
    if (lower === undefined || this.#here === undefined) return;
    this.#next = undefined;
    this.#before = this.#here.index + 1;
    const rescaled = this.#solver.resumes === "rescaled" && curved !== null && curved !== undefined;
    this.#start(lower, rescaled ? Coordinates.byCurvature(lower, curved) : undefined);
  }

  #final(ending: Ending, here: Iteration, { curved }: Seen): Ending {
    const nothing = Math.abs(here.value) <= NOTHING * Math.min(1, this.#size);
    if (nothing) return this.#smallSlope(here, this.#tolerance) ?? ending;
    if (ending.outcome !== "converged" || curved === null) return ending;
    return runAway(here, this.#from, curved) ?? ending;
  }

  #smallSlope({ value, g }: Iteration, tolerance: number): Ending | undefined {
    const slope = largest(g);
    const size = Math.max(1, Math.min(this.#size, Math.abs(value)));
    if (!(slope <= tolerance * size)) return undefined;
    const bound = this.#tolerance * size;
    return { outcome: "converged", reason: `the largest slope is ${short(slope)}, at most ${short(bound)}` };
  }

  /** No residual is more than rounding: asked now and then, as a search by slopes can polish what is nothing for long. */
  *#perfectFit(here: Iteration, due = here.index > 0 && here.index % FIT_ASKED === 0): Solving<Ending | undefined> {
    const { residuals, dimension: n } = this.#f.objective;
    if (!due || this.#told || this.#solver.unguarded || residuals === undefined) return undefined;
    const [r, jacobian] = [new Float64Array(residuals.count), new Float64Array(residuals.count * n)];
    const value = yield* this.#f.jacobian(here.x, r, jacobian);
    return value <= leastChange(here.x, r, jacobian) ? convergedAt(here) : undefined;
  }

  #mayResume({ value }: Iteration, { saddle }: Seen): boolean {
    if (this.#solver.resumes === undefined && !saddle) return false;
    if (this.#resumed++ % RESUMED.times > 0) return true;
    const lower = !(this.#mark - value <= RESUMED.part * Math.abs(value));
    this.#mark = value;
    return lower;
  }
}

/** Where numbers tell of nothing to gain a search has converged; else it has stalled, for its own reason. */
function judged(candidate: Ending, here: Iteration, { gain }: Seen): Ending {
  if (gain === undefined || (gain && candidate.outcome === "stalled")) return candidate;
  return gain ? stalledAt(here) : convergedAt(here);
}

const ASIDE = "the method's own steps hardly lower the value, others would";
