import { leastChange } from "../search/least-change.ts";
import { runAway } from "../second-look/run-away.ts";
import { type Seen, secondLook } from "../second-look/second-look.ts";
import type { Solver } from "../solver.ts";
import type { Computation } from "./computation.ts";
import { byCurvature, bySizes, type Coordinates, sizesAt, TurnedEvaluator } from "./coordinates.ts";
import { BOTTOMLESS, convergedAt, type Ending, short, stalledAt } from "./ending.ts";
import type { Evaluator } from "./evaluator.ts";
import { type Iteration, largest } from "./point.ts";
import type { SearchState } from "./state.ts";

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

/** The state of a search that sets out; where units matter to the solver, with numbers measured by their sizes. */
export function* setOut(f: Evaluator, solver: Solver, start: Float64Array): Computation<SearchState> {
  const sizes = solver.resumes === "rescaled" ? yield* sizesAt(f, start) : null;
  const coordinates = sizes === null ? null : bySizes(start, sizes);
  const turned = coordinates === null ? undefined : new TurnedEvaluator(f, coordinates);
  const steps = yield* solver.init(turned ?? f, turned === undefined ? start : new Float64Array(start.length));
  const here = { ...(turned?.back(steps.here) ?? steps.here), index: 0 };
  return {
    ...{ solver: solver.name, start, counts: f.counts, here, size: Math.abs(here.value), looked: false },
    ...{ tighter: 1, resumed: 0, mark: Number.POSITIVE_INFINITY, coordinates, lower: null, steps },
  };
}

/**
 * One search, which ends where a second look says so: a small slope, or a solver that cannot go on, only makes it look. Where there
 * is a lower point it goes on, with a smaller tolerance or from that point. Everything that it remembers is its state.
 */
export class Walk {
  readonly #f: Evaluator;
  readonly #solver: Solver;
  readonly #state: SearchState;
  readonly #tolerance: number;
  /** The caller said what tolerance is to be kept to: then only saddles are looked for. */
  readonly #told: boolean;
  #turned: TurnedEvaluator | undefined;

  constructor(f: Evaluator, solver: Solver, state: SearchState, tolerance: number, told: boolean) {
    this.#f = f;
    this.#solver = solver;
    this.#state = state;
    this.#tolerance = tolerance;
    this.#told = told;
    this.#turn(state.coordinates);
  }

  #turn(coordinates: Coordinates | null): void {
    this.#turned = coordinates === null ? undefined : new TurnedEvaluator(this.#f, coordinates);
  }

  /** Takes a step, or goes on from the lower point that was seen; says how the solver ended where it cannot go on. */
  *goOn(): Computation<Ending | undefined> {
    const state = this.#state;
    const own = state.lower === null ? yield* this.#step() : yield* this.#startFrom(state.lower);
    const { here } = state.steps;
    if (own !== undefined) return own;
    if (here.value === Number.NEGATIVE_INFINITY) return BOTTOMLESS;
    state.here = { ...(this.#turned?.back(here) ?? here), index: state.here.index + 1 };
    state.looked = false;
    return undefined;
  }

  #step(): Computation<Ending | undefined> {
    return this.#solver.step(this.#turned ?? this.#f, this.#state.steps);
  }

  *#startFrom({ x, coordinates }: NonNullable<SearchState["lower"]>): Computation<undefined> {
    const state = this.#state;
    [state.lower, state.coordinates] = [null, coordinates];
    this.#turn(coordinates);
    const start = coordinates === null ? x : new Float64Array(x.length);
    state.steps = yield* this.#solver.init(this.#turned ?? this.#f, start);
    return undefined;
  }

  /** How the search ends where it stands, with the solver's own ending where it has one; undefined where it goes on. */
  *ends(own?: Ending): Computation<Ending | undefined> {
    const state = this.#state;
    const { here, size } = state;
    if (here.value < -BOTTOM * Math.max(1, size)) return BOTTOMLESS;
    const candidate = own ?? this.#smallSlope(here, state.tighter * this.#tolerance);
    if (candidate === undefined) return yield* this.#perfectFit(here);
    if (this.#solver.unguarded) return candidate;
    if (candidate.outcome !== "converged" && candidate.outcome !== "stalled") return candidate;
    const seen = yield* secondLook(this.#f, here, {
      start: state.start,
      size,
      goesOn: own === undefined,
      saddlesOnly: own === undefined && this.#told,
      polishes: this.#solver.resumes === "rescaled",
    });
    if (seen.infinite && here.value < -POLE * Math.max(1, size)) return BOTTOMLESS;
    const { lower } = seen;
    if (lower === undefined) return this.#final(own ? judged(candidate, here, seen) : candidate, here, seen);
    const fit = own || seen.saddle ? yield* this.#perfectFit(here, state.resumed > 0) : undefined;
    if (fit !== undefined) return fit;
    if (!own && !seen.saddle) state.tighter *= TIGHTER;
    else if (this.#mayResume(here, seen)) state.lower = { x: lower, coordinates: this.#coordinatesAt(lower, seen) };
    else
      return this.#final(seen.gain === false && !seen.saddle ? convergedAt(here) : stalledAt(here, ASIDE), here, seen);
    return undefined;
  }

  #coordinatesAt(x: Float64Array, { curved }: Seen): Coordinates | null {
    return this.#solver.resumes === "rescaled" && curved !== null ? byCurvature(x, curved) : null;
  }

  #final(ending: Ending, here: Iteration, { curved }: Seen): Ending {
    const nothing = Math.abs(here.value) <= NOTHING * Math.min(1, this.#state.size);
    if (nothing) return this.#smallSlope(here, this.#tolerance) ?? ending;
    if (ending.outcome !== "converged" || curved === null) return ending;
    return runAway(here, this.#state.start, curved) ?? ending;
  }

  #smallSlope({ value, g }: Iteration, tolerance: number): Ending | undefined {
    const slope = largest(g);
    const size = Math.max(1, Math.min(this.#state.size, Math.abs(value)));
    if (!(slope <= tolerance * size)) return undefined;
    const bound = this.#tolerance * size;
    return { outcome: "converged", reason: `the largest slope is ${short(slope)}, at most ${short(bound)}` };
  }

  /** No residual is more than rounding: asked now and then, as a search by slopes can polish what is nothing for long. */
  *#perfectFit(here: Iteration, due = here.index > 0 && here.index % FIT_ASKED === 0): Computation<Ending | undefined> {
    const { residuals, dimension: n } = this.#f.objective;
    if (!due || this.#told || this.#solver.unguarded || residuals === undefined) return undefined;
    const [r, jacobian] = [new Float64Array(residuals.count), new Float64Array(residuals.count * n)];
    const value = yield* this.#f.jacobian(here.x, r, jacobian);
    return value <= leastChange(here.x, r, jacobian) ? convergedAt(here) : undefined;
  }

  #mayResume({ value }: Iteration, { saddle }: Seen): boolean {
    const state = this.#state;
    if (this.#solver.resumes === undefined && !saddle) return false;
    if (state.resumed++ % RESUMED.times > 0) return true;
    const lower = !(state.mark - value <= RESUMED.part * Math.abs(value));
    state.mark = value;
    return lower;
  }
}

/** Where numbers tell of nothing to gain a search has converged; else it has stalled, for its own reason. */
function judged(candidate: Ending, here: Iteration, { gain }: Seen): Ending {
  if (gain === undefined || (gain && candidate.outcome === "stalled")) return candidate;
  return gain ? stalledAt(here) : convergedAt(here);
}

const ASIDE = "the method's own steps hardly lower the value, others would";
