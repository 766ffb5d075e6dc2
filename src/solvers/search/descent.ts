import type { Capability } from "../../objective/index.ts";
import type { Computation } from "../run/computation.ts";
import { BOTTOMLESS, type Ending, HOPELESS, limitOfNumbers } from "../run/ending.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point, pointAt } from "../run/point.ts";
import { atFirst, idleEnd, type Progress } from "../run/progress.ts";
import { type Solver, type SolverState, TOLERANCE } from "../solver.ts";
import { Line } from "./line.ts";

/** Where to go from a point. It keeps nothing itself: what it learns is its memory, plain data that a search keeps for it. */
export interface Direction<M = unknown> {
  readonly name: string;
  /** What it asks of objectives beyond values and gradients: one of these. */
  readonly needsOneOf: readonly Capability[];
  /** Followed even where it leads up, as Newton's own formula is, which seeks any point without slope. */
  readonly unguarded?: boolean;
  /** How a search goes on from a lower point than the one where it would end, as `resumes` of solvers says. */
  readonly resumes?: Solver["resumes"];
  /** Its memory before the first step. */
  init(f: Evaluator): M;
  /**
   * Writes the direction at a point to d, which holds the last one: at once, or after asking the objective; then it may say that there is
   * none.
   */
  direction(f: Evaluator, memory: M, here: Point, d: Float64Array): undefined | Computation<Ending | undefined>;
  /** Whether the length of the last direction means something, so that α = 1 is to be tried first. */
  scaled(memory: M): boolean;
  /** Told of each step that is taken. */
  learn?(memory: M, from: Point, to: Point): void;
  /** Drops what was learnt. */
  forget?(memory: M): void;
}

/** How far to go along a direction. */
export interface StepLength<M = unknown> {
  readonly name: string;
  /** Its memory before the first step. */
  init(): M;
  /** Finds a point ahead on the line and takes the gradient there; null where none is good. α = `first` is a good try. */
  search(line: Line, first: number, memory: M): Computation<Point | null>;
}

/** One that remembers nothing. */
export interface LineSearch extends StepLength<null> {
  search(line: Line, first: number): Computation<Point | null>;
}

/** What a descent is made of: a direction and a step length. */
export interface DescentOptions<D = unknown, L = unknown> {
  readonly name?: string;
  readonly direction: Direction<D>;
  readonly stepLength: StepLength<L>;
}

export interface DescentState<D = unknown, L = unknown> extends SolverState {
  /** The last direction. */
  readonly d: Float64Array;
  /** The decrease that the last step was to bring by its slope: α·φ′(0). */
  promised: number;
  /** How far the last step went: the largest change of a number. */
  moved: number;
  /** What the last direction promised with the length that it came with; unknown where that means nothing. */
  expected: number;
  readonly progress: Progress;
  readonly direction: D;
  readonly stepLength: L;
}

/** A solver made of a direction d and a step length α: x ← x + αd. */
export const descent = <D, L>({ direction, stepLength, name }: DescentOptions<D, L>): Solver<DescentState<D, L>> => ({
  name: name ?? `${direction.name}, ${stepLength.name}`,
  needsOneOf: direction.needsOneOf,
  tolerance: TOLERANCE,
  unguarded: direction.unguarded,
  resumes: direction.resumes,
  *init(f, start) {
    const here = pointAt(start);
    const state = { here, d: new Float64Array(start.length), promised: 0, moved: 0, progress: atFirst() };
    const memories = { direction: direction.init(f), stepLength: stepLength.init() };
    here.value = yield* f.gradient(here.x, here.g);
    return { ...state, expected: Number.POSITIVE_INFINITY, ...memories };
  },
  *step(f, state) {
    const { here } = state;
    const idle = idleEnd(state.progress, here, largest(here.g), state.expected);
    if (idle !== undefined) return idle;
    const next = yield* nextPoint(f, state, direction, stepLength);
    if ("outcome" in next) return next;
    direction.learn?.(state.direction, here, next);
    state.here = next;
    return undefined;
  },
});

/** The next point; by steepest descent where the direction proper leads nowhere. */
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
  if (!unguarded && state.expected <= HOPELESS * Math.abs(here.value)) return limitOfNumbers(here, state.expected);
  const next = yield* along(state, line, scaled, stepLength, unguarded);
  if (next !== null) return next;
  if (unguarded) return { outcome: "diverged", reason: "the step leads where the function is not finite" };
  direction.forget?.(state.direction);
  for (let i = 0; i < d.length; i++) d[i] = -here.g[i];
  const steepest = yield* along(state, new Line(f, here, d, trial), false, stepLength, unguarded);
  return steepest ?? limitOfNumbers(here, state.expected);
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
  if (found?.value === Number.NEGATIVE_INFINITY) return BOTTOMLESS;
  state.promised = line.alpha * line.slope;
  state.moved = line.alpha * largest(line.d);
  return found;
}

/** How much further than the last a step is to go at most. */
const GROWTH = 10;

/**
 * A length to try where the direction's own means nothing: the one that promises what the last step promised (Nocedal
 * & Wright 2006, section 3.5); at first a hundredth of x (Hager & Zhang 2005).
 */
function firstLength({ promised, moved }: DescentState, { here, d, slope }: Line): number {
  if (promised < 0) return Math.min(promised / slope, (GROWTH * moved) / largest(d));
  const length = 0.01 * (largest(here.x) || Math.min(1, Math.abs(here.value)) || 1);
  return length / largest(d);
}
