import { cut, quoteList, quoteValue } from "../../arguments/index.ts";
import { startOf, type Target } from "../../objective/index.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import type { SearchPath, Solver } from "../../solvers/index.ts";
import type { Outcome } from "../events.ts";

/** The method of a walk, its start and its length. */
export interface MinimizeOptions {
  /** An update rule with its hyper-parameters, such as `adam({ lr: 0.1 })`, or a solver, such as `lbfgs()`. */
  readonly optimizer: Optimizer | Solver;
  /** One value for each variable. Default: the target's own. */
  readonly start?: readonly number[];
  /** Steps to take; a solver stops earlier when it has converged. Default: 200, and 10,000 for a solver. */
  readonly steps?: number;
  /** Stops `minimizeAsync` between two steps, with the points so far. */
  readonly signal?: AbortSignal;
}

/** A walk down a surface: each point and its value, the start first. */
export interface Path extends SearchPath {
  /** The number n of variables: `points` has n values for each point. */
  readonly dimension: number;
  /** How the walk ended, as a value. */
  readonly outcome: Outcome;
}

/** A walk's points, one array of n values each. */
export const pointsOf = ({ points, dimension }: Path): number[][] =>
  Array.from({ length: points.length / dimension }, (_, i) => [...points.subarray(i * dimension, (i + 1) * dimension)]);

/** The start of a walk: the given one, or the target's own. Throws a RangeError if there is none, or if it does not fit. */
export function startOn(target: Target, dimension: number, given: readonly number[] | undefined): readonly number[] {
  const start = given ?? startOf(target);
  if (start === undefined) throw new RangeError(`${cut(target.name)}: give a start, ${dimension} numbers`);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(
      `${cut(target.name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`,
    );
  return start;
}

/** Throws a RangeError unless `steps` is a whole number, 0 or more. */
export function checkSteps(steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new RangeError(`steps is ${quoteValue(steps)}; it must be a whole number, 0 or more`);
}
