import type { Evaluations } from "./evaluator.ts";

/**
 * How a search ended.
 * - converged: the gradient is as small as was asked, and where nothing was asked slope and curvature promise nothing that numbers can tell;
 * - stalled: no step of the method lowers the value, though slope and curvature say that one should; or a number ran away to where the
 *   value is level;
 * - diverged: the value falls without bound, or leaves the finite numbers;
 * - singular: the Hessian, or the Jacobian, has no inverse, and the method has no safeguard.
 */
export type OutcomeKind = "converged" | "stalled" | "maximum iterations" | "diverged" | "singular" | "interrupted";

/** How a search ended, and why, in words. */
export interface Ending {
  readonly outcome: OutcomeKind;
  readonly reason: string;
}

/** Where a search ended. */
export interface Solution extends Ending {
  readonly x: Float64Array;
  readonly value: number;
  /** max |∂f/∂xᵢ| at x. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  readonly evaluations: Readonly<Evaluations>;
  /** The points, the start first, where they were asked for. */
  readonly path?: SearchPath;
}

/** Each point and its value, the start first. */
export interface SearchPath {
  /** (steps taken + 1) × n, row by row. */
  readonly points: Float64Array;
  /** One for each point. */
  readonly values: Float64Array;
}
