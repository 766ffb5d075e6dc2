import { cut, quoteList, quoteValue } from "../expr/quote.ts";
import type { Objective, ObjectiveLater } from "../objective/objective.ts";
import { objectiveOf, startOf, type Target } from "../objective/objective-of.ts";
import { type Evaluations, Evaluator, missing } from "./evaluator.ts";
import { largest } from "./point.ts";
import { short } from "./progress.ts";
import type { Ending, SearchPath, Solution } from "./solution.ts";
import type { Solver } from "./solver.ts";
import { finish, finishLater, type Iteration, type Solving } from "./solving.ts";
import { Walk } from "./walk.ts";

export interface SolveOptions {
  readonly solver: Solver;
  /** n finite numbers. Default: the target's own start. */
  readonly start?: ArrayLike<number>;
  /** Default 10,000. */
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

/**
 * Makes a function small, from a start: a surface, a least-squares problem or an objective of one's own.
 *
 *     const { x, value, outcome } = solve(surfaces.rosenbrock(), { solver: lbfgs() });
 *
 * How the search ended is part of the result; only misuse throws: a start of the wrong length, or where the function is
 * not finite; an objective that lacks what the solver needs.
 */
export const solve = (target: Target | Objective, options: SolveOptions): Solution =>
  finish(search(objectiveOf(target), { start: startOf(target), ...options }));

/** The same for objectives that answer with promises, such as a net's cost. */
export const solveLater = (objective: ObjectiveLater, options: SolveOptions): Promise<Solution> =>
  finishLater(search(objective, options));

/** The same, point by point: yields each as it is reached, the start first, and returns the solution. */
export async function* iterations(
  objective: ObjectiveLater,
  options: SolveOptions,
): AsyncGenerator<Iteration, Solution, void> {
  const solving = search(objective, options);
  for (;;) {
    const { done, value } = solving.next();
    if (done) return value;
    if (value instanceof Promise) await value;
    else yield value;
  }
}

function* search(objective: ObjectiveLater, options: SolveOptions): Solving<Solution> {
  const { solver, maxIterations = 10_000, tolerance = solver.tolerance } = options;
  const start = checkOptions(objective, options, { maxIterations, tolerance });
  const f = new Evaluator(objective);
  const record = options.path === true ? new Record(start.length) : undefined;
  const walk = new Walk(f, solver, tolerance, options.tolerance !== undefined && tolerance > 0);
  yield* walk.setOut(start);
  for (;;) {
    const next = walk.next();
    if (next instanceof Promise) {
      yield next;
      continue;
    }
    const { here } = next;
    if (next.reached) {
      if (here.index === 0 && !Number.isFinite(here.value)) throw new RangeError(notThere(objective, here));
      record?.add(here);
      yield here;
    }
    const ending = (yield* walk.ends(next)) ?? stops(here, maxIterations, options.signal);
    if (ending !== undefined) return solution(here, ending, f.evaluations, record);
    walk.goOn();
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

function solution(here: Iteration, ending: Ending, evaluations: Evaluations, record: Record | undefined): Solution {
  return {
    x: here.x.slice(),
    value: here.value,
    gradientNorm: largest(here.g),
    iterations: here.index,
    evaluations: { ...evaluations },
    ...(record === undefined ? {} : { path: record.path() }),
    ...ending,
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

/** The start, where everything is as it must be. */
function checkOptions(
  objective: ObjectiveLater,
  options: SolveOptions,
  limits: { readonly maxIterations: number; readonly tolerance: number },
): Float64Array {
  const { name, dimension } = objective;
  const { name: method, needsOneOf } = options.solver;
  if (needsOneOf.length > 0 && needsOneOf.every((capability) => objective[capability] === undefined))
    throw new TypeError(`${method}: ${missing(objective, ...needsOneOf).message}`);
  const { maxIterations, tolerance } = limits;
  if (!Number.isSafeInteger(maxIterations) || maxIterations < 0)
    throw new RangeError(`maxIterations is ${quoteValue(maxIterations)}; it must be a whole number, 0 or more`);
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY))
    throw new RangeError(`tolerance is ${quoteValue(tolerance)}; it must be a number, 0 or more`);
  if (options.start === undefined) throw new RangeError(`${cut(name)}: give a start, ${dimension} numbers`);
  const start = Float64Array.from(options.start);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(`${cut(name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`);
  return start;
}

const notThere = ({ name }: ObjectiveLater, { x }: Iteration): string =>
  `${cut(name)}: the value or the gradient at the start ${quoteList(x)} is not finite; start elsewhere`;
