import { checkNumber, cut, domains, quoteList, whole } from "../arguments/index.ts";
import { type AsyncObjective, objectiveOf, startOf, type Target } from "../objective/index.ts";
import { finish, finishAsync } from "./run/computation.ts";
import { type Ending, short } from "./run/ending.ts";
import { Evaluator, missing } from "./run/evaluator.ts";
import { type Iteration, largest } from "./run/point.ts";
import type { SearchPath, Solution } from "./run/solution.ts";
import type { SearchState } from "./run/state.ts";
import { setOut, Walk } from "./run/walk.ts";
import type { Solver } from "./solver.ts";

/** How a search goes. */
export interface SolveOptions {
  readonly solver: Solver;
  /** n finite numbers. Default: the target's own start. */
  readonly start?: ArrayLike<number>;
  /** Goes on from here: the `state` of a solution, or of a point of `iterations`, by the same solver. It is changed in place. */
  readonly state?: SearchState;
  /** Steps from the start, those before `state` among them. Default 10,000. */
  readonly maxIterations?: number;
  /**
   * Converged is where max |∂f/∂xᵢ| ≤ tolerance · max(1, |f|), |f| at the start or now, whichever is less, but not at a saddle. With 0
   * the search goes on until float64 numbers tell no more. Default: the solver's own, 1e-10 for most; then the slope, which depends on
   * units, only makes it look whether there is anything to gain.
   */
  readonly tolerance?: number;
  /** Keep every point. */
  readonly path?: boolean;
  /** Stops between two steps. */
  readonly signal?: AbortSignal;
}

/** A point of a search, and the whole search there. */
export interface SearchPoint extends Iteration {
  /** What `solve` goes on from. The next step changes it in place: to keep it, copy it with `structuredClone`. */
  readonly state: SearchState;
}

/**
 * Makes a function small, from a start: a surface, a least-squares problem or an objective of one's own.
 *
 *     const { x, value, outcome } = solve(surfaces.rosenbrock(), { solver: lbfgs() });
 *
 * How the search ended is part of the result; only misuse throws: a start of the wrong length, or where the function is
 * not finite; an objective that lacks what the solver needs. What a limit or a signal ended goes on from its state, to the bit as if it
 * had never stopped:
 *
 *     const first = solve(target, { solver: lbfgs(), maxIterations: 10 });
 *     solve(target, { solver: lbfgs(), state: first.state });
 */
export const solve = (target: Target, options: SolveOptions): Solution =>
  finish(search(objectiveOf(target), { start: startOf(target), ...options }));

/** The same for objectives that answer with promises, such as a net's cost. */
export const solveAsync = (objective: AsyncObjective, options: SolveOptions): Promise<Solution> =>
  finishAsync(search(objective, options));

/** The same, point by point: yields each as it is reached, the start first, or where `state` stands, and returns the solution. */
export async function* iterations(
  objective: AsyncObjective,
  options: SolveOptions,
): AsyncGenerator<SearchPoint, Solution, void> {
  const searching = search(objective, options);
  for (;;) {
    const { done, value } = searching.next();
    if (done) return value;
    if (value instanceof Promise) await value;
    else yield value;
  }
}

/** Yields a promise where it has to wait, and each point that it reaches. */
function* search(
  objective: AsyncObjective,
  options: SolveOptions,
): Generator<Promise<void> | SearchPoint, Solution, void> {
  const { solver, maxIterations = 10_000, tolerance = solver.tolerance, signal } = options;
  checkOptions(objective, options, { maxIterations, tolerance });
  const f = new Evaluator(objective, options.state?.counts);
  const state = options.state ?? (yield* setOut(f, solver, checkedStart(objective, options.start)));
  if (!Number.isFinite(state.here.value)) throw new RangeError(notThere(objective, state.here));
  const walk = new Walk(f, solver, state, tolerance, options.tolerance !== undefined && tolerance > 0);
  const record = options.path === true ? new Record(objective.dimension) : undefined;
  const reached = (): SearchPoint => {
    record?.add(state.here);
    return { ...state.here, state };
  };
  yield reached();
  for (;;) {
    let ending = state.looked ? undefined : yield* walk.ends();
    state.looked = ending === undefined;
    ending ??= stops(state.here, maxIterations, signal);
    if (ending !== undefined) return solution(state, ending, record);
    const own = yield* walk.goOn();
    if (own === undefined) yield reached();
    else ending = yield* walk.ends(own);
    if (ending !== undefined) return solution(state, ending, record);
  }
}

function stops({ index, g }: Iteration, maxIterations: number, signal?: AbortSignal): Ending | undefined {
  if (index >= maxIterations)
    return {
      outcome: "maximum iterations",
      reason: `${index} steps were taken; the largest slope is ${short(largest(g))}`,
    };
  return signal?.aborted ? { outcome: "interrupted", reason: "the search was interrupted" } : undefined;
}

function solution(state: SearchState, ending: Ending, record: Record | undefined): Solution {
  const { here, counts } = state;
  const { value, gradient, hessian, product } = counts;
  return {
    x: here.x.slice(),
    value: here.value,
    gradientNorm: largest(here.g),
    iterations: here.index,
    evaluations: { value, gradient, hessian, product },
    ...(record === undefined ? {} : { path: record.path() }),
    ...ending,
    state,
  };
}

/** The points of a search, as they come. */
class Record {
  readonly #dimension: number;
  readonly #points: Float64Array[] = [];
  readonly #values: number[] = [];

  constructor(dimension: number) {
    this.#dimension = dimension;
  }

  add({ x, value }: Iteration): void {
    this.#points.push(x.slice());
    this.#values.push(value);
  }

  path(): SearchPath {
    const points = new Float64Array(this.#points.length * this.#dimension);
    for (const [i, x] of this.#points.entries()) points.set(x, i * this.#dimension);
    return { points, values: Float64Array.from(this.#values) };
  }
}

/** Throws where the objective lacks what the solver needs, a limit is none, or the state is another search's. */
function checkOptions(
  objective: AsyncObjective,
  { solver, state }: SolveOptions,
  limits: { readonly maxIterations: number; readonly tolerance: number },
): void {
  const { name, dimension } = objective;
  const { name: method, needsOneOf } = solver;
  if (needsOneOf.length > 0 && needsOneOf.every((capability) => objective[capability] === undefined))
    throw new TypeError(`${method}: ${missing(objective, ...needsOneOf).message}`);
  const { maxIterations, tolerance } = limits;
  checkNumber("maxIterations", maxIterations, whole(0));
  checkNumber("tolerance", tolerance, domains.notNegative);
  if (state !== undefined && (state.solver !== method || state.here.x.length !== dimension))
    throw new RangeError(
      `${cut(name)}: the state is that of ${cut(state.solver)} with ${state.here.x.length} variables; ` +
        `a search by ${cut(method)} with ${dimension} cannot go on from there`,
    );
}

function checkedStart({ name, dimension }: AsyncObjective, given: ArrayLike<number> | undefined): Float64Array {
  if (given === undefined) throw new RangeError(`${cut(name)}: give a start, ${dimension} numbers`);
  const start = Float64Array.from(given);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(`${cut(name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`);
  return start;
}

const notThere = ({ name }: AsyncObjective, { x }: Iteration): string =>
  `${cut(name)}: the value or the gradient at the start ${quoteList(x)} is not finite; start elsewhere`;
