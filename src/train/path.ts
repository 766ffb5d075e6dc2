import type { SearchPath } from "../solvers/index.ts";
import type { Outcome } from "./events.ts";

/** A walk down a surface: each point and its value, the start first. */
export interface Path extends SearchPath {
  readonly dimension: number;
  readonly outcome: Outcome;
}

/** A walk's points, one by one. */
export const pointsOf = ({ points, dimension }: Path): number[][] =>
  Array.from({ length: points.length / dimension }, (_, i) => [...points.subarray(i * dimension, (i + 1) * dimension)]);
