import { checkNumber, checkSignal, cut, domains, quoteList, whole } from "../arguments/index.ts";
import { type AsyncObjective, objectiveOf, startOf, type Target } from "../objective/index.ts";
import { finish, finishAsync } from "./run/computation.ts";
import { type Ending, threeDigits } from "./run/ending.ts";
import { Evaluator, missing } from "./run/evaluator.ts";
import { type Iteration, largest } from "./run/point.ts";
import type { SearchPath, Solution } from "./run/solution.ts";
import type { SearchState } from "./run/state.ts";
import { startSearch, Walk } from "./run/walk.ts";
import type { Solver } from "./solver.ts";

/** The solver of a search, its start, and when it ends. */
export interface SolveOptions {
  /** The solver with its settings, such as `lbfgs()`. */
  readonly solver: Solver;
  /** n finite values. Default: the target's own start. */
  readonly start?: ArrayLike<number>;
  /** Continues from here: the `state` of a solution, or of a point of `iterations`, by the same solver. It is changed in place. */
  readonly state?: SearchState;
  /** The most steps from the start, including those before `state`. Default 10,000. */
  readonly maxIterations?: number;
  /**
   * The search has converged once max |∂f/∂xᵢ| ≤ tolerance · max(1, |f|), with |f| at the start or now, whichever is less, unless at a
   * saddle. With 0, the search goes on to the limit of float64. Default: the solver's own, 1e-10 for most. Then a small gradient, which
   * depends on units, does not end the search by itself; it triggers a check whether a lower value is possible.
   */
  readonly tolerance?: number;
  /** Record every point. Default false. */
  readonly path?: boolean;
  /** Ends the search between two steps. */
  readonly signal?: AbortSignal;
}

/** A point of a search, with the state of the whole search. */
export interface SearchPoint extends Iteration {
  /** `solve` can continue from it. The next step changes it in place: to keep it, copy it with `structuredClone`. */
  readonly state: SearchState;
}

/**
 * Minimizes a function from a start: a surface, a least-squares problem or your own objective.
 *
 *     const { x, value, outcome } = solve(surfaces.rosenbrock(), { solver: lbfgs() });
 *
 * The result says how the search ended. Only misuse throws: a start of the wrong length, or one where the function is not
 * finite; an objective that lacks what the solver needs. A search that a limit or a signal ended can continue from its state, with the same
 * bits as if it had never stopped:
 *
 *     const first = solve(target, { solver: lbfgs(), maxIterations: 10 });
 *     solve(target, { solver: lbfgs(), state: first.state });
 */
export const solve = (target: Target, options: SolveOptions): Solution =>
  finish(search(objectiveOf(target), { start: startOf(target), ...options }));

/** `solve` for objectives that return promises, such as a net's loss. */
export const solveAsync = (objective: AsyncObjective, options: SolveOptions): Promise<Solution> =>
  finishAsync(search(objective, options));

/** `solveAsync` point by point: yields each point as the search reaches it, beginning with the start or the point of `state`; returns the solution. */
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

/** Yields a promise whenever it has to wait, and each point that it reaches. */
function* search(
  objective: AsyncObjective,
  options: SolveOptions,
): Generator<Promise<void> | SearchPoint, Solution, void> {
  const { solver, maxIterations = 10_000, tolerance = solver.tolerance, signal } = options;
  checkOptions(objective, options, { maxIterations, tolerance });
  const f = new Evaluator(objective, options.state?.counts);
  const state = options.state ?? (yield* startSearch(f, solver, checkedStart(objective, options.start)));
  if (!Number.isFinite(state.here.value)) throw new RangeError(notFinite(objective, state.here));
  const walk = new Walk(f, solver, state, tolerance, options.tolerance !== undefined && tolerance > 0);
  const record = options.path === true ? new PathRecorder(objective.dimension) : undefined;
  const reached = (): SearchPoint => {
    record?.add(state.here);
    return { ...state.here, state };
  };
  yield reached();
  for (;;) {
    let ending = state.looked ? undefined : yield* walk.checkEnd();
    state.looked = ending === undefined;
    ending ??= limitReached(state.here, maxIterations, signal);
    if (ending !== undefined) return solution(state, ending, record);
    const own = yield* walk.advance();
    if (own === undefined) yield reached();
    else ending = yield* walk.checkEnd(own);
    if (ending !== undefined) return solution(state, ending, record);
  }
}

function limitReached({ index, g }: Iteration, maxIterations: number, signal?: AbortSignal): Ending | undefined {
  if (index >= maxIterations)
    return {
      outcome: "maximum iterations",
      reason: `${index} steps were taken; the largest gradient component is ${threeDigits(largest(g))}`,
    };
  return signal?.aborted ? { outcome: "interrupted", reason: "the search was interrupted" } : undefined;
}

function solution(state: SearchState, ending: Ending, record: PathRecorder | undefined): Solution {
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

/** Records the points of a search. */
class PathRecorder {
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

/** Throws if the objective lacks what the solver needs, a limit is invalid, or the state belongs to another search. */
function checkOptions(
  objective: AsyncObjective,
  { solver, state, signal }: SolveOptions,
  limits: { readonly maxIterations: number; readonly tolerance: number },
): void {
  const { name, dimension } = objective;
  const { name: method, needsOneOf } = solver;
  if (needsOneOf.length > 0 && needsOneOf.every((capability) => objective[capability] === undefined))
    throw new TypeError(`${method}: ${missing(objective, ...needsOneOf).message}`);
  const { maxIterations, tolerance } = limits;
  if (signal !== undefined) checkSignal("signal", signal);
  checkNumber("maxIterations", maxIterations, whole(0));
  checkNumber("tolerance", tolerance, domains.notNegative);
  if (state !== undefined && (state.solver !== method || state.here.x.length !== dimension))
    throw new RangeError(
      `${cut(name)}: the state belongs to ${cut(state.solver)} with ${state.here.x.length} variables; ` +
        `a search by ${cut(method)} with ${dimension} cannot continue from it`,
    );
}

function checkedStart({ name, dimension }: AsyncObjective, given: ArrayLike<number> | undefined): Float64Array {
  if (given === undefined) throw new RangeError(`${cut(name)}: give a start of length ${dimension}`);
  const start = Float64Array.from(given);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(`${cut(name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`);
  return start;
}

const notFinite = ({ name }: AsyncObjective, { x }: Iteration): string =>
  `${cut(name)}: the value or the gradient at the start ${quoteList(x)} is not finite; start elsewhere`;
