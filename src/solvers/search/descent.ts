import type { Capability } from "../../objective/index.ts";
import type { Computation } from "../run/computation.ts";
import { atPrecisionLimit, type Ending, HOPELESS, UNBOUNDED } from "../run/ending.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point, pointAt } from "../run/point.ts";
import { checkProgress, newProgress, type Progress } from "../run/progress.ts";
import { type Solver, type SolverState, TOLERANCE } from "../solver.ts";
import { Line } from "./line.ts";

/** A search direction. It is stateless: whatever it learns goes into its memory, plain data that the search keeps for it. */
export interface Direction<M = unknown> {
  /** Part of the solver's default name. */
  readonly name: string;
  /** It needs one of these capabilities from objectives, besides values and gradients; none if the list is empty. */
  readonly needsOneOf: readonly Capability[];
  /** Follow it even uphill, as in Newton's original method, which seeks any critical point. */
  readonly unguarded?: boolean;
  /** How a search continues from a lower point that a second look finds; see `resumes` of `Solver`. */
  readonly resumes?: Solver["resumes"];
  /** Its memory before the first step. */
  init(f: Evaluator): M;
  /**
   * Writes the direction at a point to d, which holds the last one: immediately, or by a computation that evaluates the objective. The
   * computation returns an ending if there is no direction.
   */
  direction(f: Evaluator, memory: M, here: Point, d: Float64Array): undefined | Computation<Ending | undefined>;
  /** Whether the last direction has a meaningful length, so that the search tries α = 1 first. */
  scaled(memory: M): boolean;
  /** Called after each step. */
  learn?(memory: M, from: Point, to: Point): void;
  /** Clears the memory. */
  forget?(memory: M): void;
}

/** A rule for the step length along a direction. */
export interface StepLength<M = unknown> {
  /** Part of the solver's default name. */
  readonly name: string;
  /** Its memory before the first step. */
  init(): M;
  /** Finds an acceptable point on the line and computes the gradient there; null if there is none. α = `first` is a good guess. */
  search(line: Line, first: number, memory: M): Computation<Point | null>;
}

/** A step length without memory. */
export interface LineSearch extends StepLength<null> {
  search(line: Line, first: number): Computation<Point | null>;
}

/** The parts of a descent: a direction and a step length. */
export interface DescentOptions<D = unknown, L = unknown> {
  /** The solver's name. Default: those of direction and step length. */
  readonly name?: string;
  /** The direction d, such as `directions.bfgs()`. */
  readonly direction: Direction<D>;
  /** The rule for α, such as `stepLengths.strongWolfe()`. */
  readonly stepLength: StepLength<L>;
}

export interface DescentState<D = unknown, L = unknown> extends SolverState {
  /** The last direction. */
  readonly d: Float64Array;
  /** The change that the slope predicted for the last step: α·φ′(0). */
  promised: number;
  /** The largest change of a variable in the last step. */
  moved: number;
  /** The decrease that the last direction's slope predicts for α = 1; ∞ if its length is not meaningful. */
  expected: number;
  readonly progress: Progress;
  readonly direction: D;
  readonly stepLength: L;
}

/** Combines a direction d and a step length α into a solver: x ← x + αd. */
export const descent = <D, L>({ direction, stepLength, name }: DescentOptions<D, L>): Solver<DescentState<D, L>> => ({
  name: name ?? `${direction.name}, ${stepLength.name}`,
  needsOneOf: direction.needsOneOf,
  tolerance: TOLERANCE,
  unguarded: direction.unguarded,
  resumes: direction.resumes,
  *init(f, start) {
    const here = pointAt(start);
    const state = { here, d: new Float64Array(start.length), promised: 0, moved: 0, progress: newProgress() };
    const memories = { direction: direction.init(f), stepLength: stepLength.init() };
    here.value = yield* f.gradient(here.x, here.g);
    return { ...state, expected: Number.POSITIVE_INFINITY, ...memories };
  },
  *step(f, state) {
    const { here } = state;
    const idle = checkProgress(state.progress, here, largest(here.g), state.expected);
    if (idle !== undefined) return idle;
    const next = yield* nextPoint(f, state, direction, stepLength);
    if ("outcome" in next) return next;
    direction.learn?.(state.direction, here, next);
    state.here = next;
    return undefined;
  },
});

/** The next point; if the direction leads to none, by steepest descent. */
function* nextPoint<D, L>(
  f: Evaluator,
  state: DescentState<D, L>,
  direction: Direction<D>,
  stepLength: StepLength<L>,
): Computation<Point | Ending> {
  const { here, d } = state;
  const unguarded = direction.unguarded ?? false;
  const asked = direction.direction(f, state.direction, here, d);
  const ending = asked === undefined ? undefined : yield* asked;
  if (ending !== undefined) return ending;
  const trial = pointAt(here.x);
  const line = new Line(f, here, d, trial);
  const scaled = direction.scaled(state.direction);
  state.expected = scaled && line.slope < 0 ? -line.slope : Number.POSITIVE_INFINITY;
  if (!unguarded && state.expected <= HOPELESS * Math.abs(here.value)) return atPrecisionLimit(here, state.expected);
  const next = yield* along(state, line, scaled, stepLength, unguarded);
  if (next !== null) return next;
  if (unguarded) return { outcome: "diverged", reason: "the step leads to a point where the function is not finite" };
  direction.forget?.(state.direction);
  for (let i = 0; i < d.length; i++) d[i] = -here.g[i];
  const steepest = yield* along(state, new Line(f, here, d, trial), false, stepLength, unguarded);
  return steepest ?? atPrecisionLimit(here, state.expected);
}

function* along<D, L>(
  state: DescentState<D, L>,
  line: Line,
  scaled: boolean,
  { search }: StepLength<L>,
  unguarded: boolean,
): Computation<Point | Ending | null> {
  if (!unguarded && !(line.slope < 0 && line.d.every(Number.isFinite))) return null;
  const found = yield* search(line, scaled ? 1 : firstLength(state, line), state.stepLength);
  if (found?.value === Number.NEGATIVE_INFINITY) return UNBOUNDED;
  state.promised = line.alpha * line.slope;
  state.moved = line.alpha * largest(line.d);
  return found;
}

/** The most by which a step may be longer than the last. */
const GROWTH = 10;

/**
 * The first α to try if the direction's length is not meaningful: the one that predicts the same decrease as the last step
 * did (Nocedal & Wright 2006, section 3.5); in the first step, a hundredth of x (Hager & Zhang 2005).
 */
function firstLength({ promised, moved }: DescentState, { here, d, slope }: Line): number {
  if (promised < 0) return Math.min(promised / slope, (GROWTH * moved) / largest(d));
  const length = 0.01 * (largest(here.x) || Math.min(1, Math.abs(here.value)) || 1);
  return length / largest(d);
}
