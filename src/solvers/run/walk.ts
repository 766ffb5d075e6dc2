import { leastChange } from "../search/least-change.ts";
import { runAway } from "../second-look/run-away.ts";
import { type LookResult, secondLook } from "../second-look/second-look.ts";
import type { Solver } from "../solver.ts";
import type { Computation } from "./computation.ts";
import { byCurvature, bySizes, type Coordinates, sizesAt, TransformedEvaluator } from "./coordinates.ts";
import { convergedAt, type Ending, stalledAt, threeDigits, UNBOUNDED } from "./ending.ts";
import type { Evaluator } from "./evaluator.ts";
import { type Iteration, largest } from "./point.ts";
import type { SearchState } from "./state.ts";

/** A sum of squares below this is zero, if the value at the start is 1 or more. */
const NOTHING = 1e-20;
/** A value this far below zero, relative to the size at the start, means that the function has no minimum. */
const BOTTOM = 1e100;
/** The same where the curvature is not finite: this far down there is a pole. */
const POLE = 1e10;
/** Every this many steps, check whether a sum of squares has fallen to its rounding error. */
const FIT_INTERVAL = 20;
/** The factor on the tolerance each time a second look finds that it was too large. */
const TIGHTER = 1e-3;
/** After this many resumptions from a lower point, the value must have fallen by this fraction to allow as many again. */
const RESUME_LIMIT = { times: 10, part: 0.01 };

/** The state of a search at its start; if the solver depends on units, in coordinates scaled by the variables' sizes. */
export function* startSearch(f: Evaluator, solver: Solver, start: Float64Array): Computation<SearchState> {
  const sizes = solver.resumes === "rescaled" ? yield* sizesAt(f, start) : null;
  const coordinates = sizes === null ? null : bySizes(start, sizes);
  const transformed = coordinates === null ? undefined : new TransformedEvaluator(f, coordinates);
  const steps = yield* solver.init(
    transformed ?? f,
    transformed === undefined ? start : new Float64Array(start.length),
  );
  const here = { ...(transformed?.toOriginal(steps.here) ?? steps.here), index: 0 };
  return {
    ...{ solver: solver.name, start, counts: f.counts, here, size: Math.abs(here.value), looked: false },
    ...{ tighter: 1, resumed: 0, mark: Number.POSITIVE_INFINITY, coordinates, lower: null, steps },
  };
}

/**
 * One search. A small gradient, or a solver that cannot continue, only triggers a second look, which decides whether the search ends. If
 * the look finds a lower point, the search continues, with a smaller tolerance or from that point. All of its memory is in `SearchState`.
 */
export class Walk {
  readonly #f: Evaluator;
  readonly #solver: Solver;
  readonly #state: SearchState;
  readonly #tolerance: number;
  /** The caller set the tolerance, so a second look only checks for saddles. */
  readonly #explicitTolerance: boolean;
  #transformed: TransformedEvaluator | undefined;

  constructor(f: Evaluator, solver: Solver, state: SearchState, tolerance: number, explicitTolerance: boolean) {
    this.#f = f;
    this.#solver = solver;
    this.#state = state;
    this.#tolerance = tolerance;
    this.#explicitTolerance = explicitTolerance;
    this.#useCoordinates(state.coordinates);
  }

  #useCoordinates(coordinates: Coordinates | null): void {
    this.#transformed = coordinates === null ? undefined : new TransformedEvaluator(this.#f, coordinates);
  }

  /** Takes a step, or continues from the lower point found. Returns the solver's ending if it cannot continue. */
  *advance(): Computation<Ending | undefined> {
    const state = this.#state;
    const own = state.lower === null ? yield* this.#step() : yield* this.#startFrom(state.lower);
    const { here } = state.steps;
    if (own !== undefined) return own;
    if (here.value === Number.NEGATIVE_INFINITY) return UNBOUNDED;
    state.here = { ...(this.#transformed?.toOriginal(here) ?? here), index: state.here.index + 1 };
    state.looked = false;
    return undefined;
  }

  #step(): Computation<Ending | undefined> {
    return this.#solver.step(this.#transformed ?? this.#f, this.#state.steps);
  }

  *#startFrom({ x, coordinates }: NonNullable<SearchState["lower"]>): Computation<undefined> {
    const state = this.#state;
    [state.lower, state.coordinates] = [null, coordinates];
    this.#useCoordinates(coordinates);
    const start = coordinates === null ? x : new Float64Array(x.length);
    state.steps = yield* this.#solver.init(this.#transformed ?? this.#f, start);
    return undefined;
  }

  /** Decides whether and how the search ends at the current point, given the solver's own ending if any; undefined if it goes on. */
  *checkEnd(own?: Ending): Computation<Ending | undefined> {
    const state = this.#state;
    const { here, size } = state;
    if (here.value < -BOTTOM * Math.max(1, size)) return UNBOUNDED;
    const candidate = own ?? this.#smallGradient(here, state.tighter * this.#tolerance);
    if (candidate === undefined) return yield* this.#perfectFit(here);
    if (this.#solver.unguarded) return candidate;
    if (candidate.outcome !== "converged" && candidate.outcome !== "stalled") return candidate;
    const seen = yield* secondLook(this.#f, here, {
      start: state.start,
      size,
      canContinue: own === undefined,
      saddlesOnly: own === undefined && this.#explicitTolerance,
      polishes: this.#solver.resumes === "rescaled",
    });
    if (seen.infinite && here.value < -POLE * Math.max(1, size)) return UNBOUNDED;
    const { lower } = seen;
    if (lower === undefined) return this.#final(own ? judgeEnding(candidate, here, seen) : candidate, here, seen);
    const fit = own || seen.saddle ? yield* this.#perfectFit(here, state.resumed > 0) : undefined;
    if (fit !== undefined) return fit;
    if (!own && !seen.saddle) state.tighter *= TIGHTER;
    else if (this.#mayResume(here, seen)) state.lower = { x: lower, coordinates: this.#coordinatesAt(lower, seen) };
    else
      return this.#final(
        seen.gain === false && !seen.saddle ? convergedAt(here) : stalledAt(here, OTHERS_WOULD),
        here,
        seen,
      );
    return undefined;
  }

  #coordinatesAt(x: Float64Array, { curved }: LookResult): Coordinates | null {
    return this.#solver.resumes === "rescaled" && curved !== null ? byCurvature(x, curved) : null;
  }

  #final(ending: Ending, here: Iteration, { curved }: LookResult): Ending {
    const nothing = Math.abs(here.value) <= NOTHING * Math.min(1, this.#state.size);
    if (nothing) return this.#smallGradient(here, this.#tolerance) ?? ending;
    if (ending.outcome !== "converged" || curved === null) return ending;
    return runAway(here, this.#state.start, curved) ?? ending;
  }

  #smallGradient({ value, g }: Iteration, tolerance: number): Ending | undefined {
    const component = largest(g);
    const size = Math.max(1, Math.min(this.#state.size, Math.abs(value)));
    if (!(component <= tolerance * size)) return undefined;
    const bound = this.#tolerance * size;
    return {
      outcome: "converged",
      reason: `the largest gradient component is ${threeDigits(component)}, at most ${threeDigits(bound)}`,
    };
  }

  /** Ends a search whose residuals are all rounding errors. Checked now and then, as a gradient method could go on polishing them for long. */
  *#perfectFit(
    here: Iteration,
    due = here.index > 0 && here.index % FIT_INTERVAL === 0,
  ): Computation<Ending | undefined> {
    const { residuals, dimension: n } = this.#f.objective;
    if (!due || this.#explicitTolerance || this.#solver.unguarded || residuals === undefined) return undefined;
    const [r, jacobian] = [new Float64Array(residuals.count), new Float64Array(residuals.count * n)];
    const value = yield* this.#f.jacobian(here.x, r, jacobian);
    return value <= leastChange(here.x, r, jacobian) ? convergedAt(here) : undefined;
  }

  #mayResume({ value }: Iteration, { saddle }: LookResult): boolean {
    const state = this.#state;
    if (this.#solver.resumes === undefined && !saddle) return false;
    if (state.resumed++ % RESUME_LIMIT.times > 0) return true;
    const lower = !(state.mark - value <= RESUME_LIMIT.part * Math.abs(value));
    state.mark = value;
    return lower;
  }
}

/** A search has converged if the second look saw nothing to gain; otherwise it has stalled, for the solver's reason. */
function judgeEnding(candidate: Ending, here: Iteration, { gain }: LookResult): Ending {
  if (gain === undefined || (gain && candidate.outcome === "stalled")) return candidate;
  return gain ? stalledAt(here) : convergedAt(here);
}

const OTHERS_WOULD = "the method's own steps hardly lower the value, but others would";
