import { checkNumber, cut, quoteList, quoteValue, whole } from "../../arguments/index.ts";
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
  if (given !== undefined && !isList(given))
    throw new TypeError(`${cut(target.name)}: the start is ${quoteValue(given)}; give a list of ${dimension} numbers`);
  const start = given ?? startOf(target);
  if (start === undefined) throw new RangeError(`${cut(target.name)}: give a start, ${dimension} numbers`);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(
      `${cut(target.name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`,
    );
  return start;
}

const isList = (given: unknown): boolean => Array.isArray(given) || ArrayBuffer.isView(given);

/** Numbers that the walk of an update rule keeps at most, of its points and values: 1 GiB of them. */
const MOST_KEPT = 2 ** 27;

/** The most steps of an update rule, which keeps every point, each with its value. */
export const mostSteps = (dimension: number): number => Math.floor(MOST_KEPT / (dimension + 1)) - 1;

/** Throws a RangeError unless `steps` is a whole number, 0 or more, and at most `most` if given. */
export const checkSteps = (steps: number, most?: number): void => void checkNumber("steps", steps, whole(0, most));
