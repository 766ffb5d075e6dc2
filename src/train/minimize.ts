import { resting } from "../device/rest.ts";
import { checkOptions } from "../expr/options.ts";
import type { Objective } from "../objective/surface.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Solver } from "../solvers/index.ts";
import type { LeastSquares } from "../surfaces/least-squares.ts";
import type { Surface } from "../surfaces/surface.ts";
import { checkMethod, checkWalkable } from "./door.ts";
import { optimizerWalk } from "./optimizer-walk.ts";
import { isSolver } from "./options.ts";
import type { Path } from "./path.ts";
import { solverWalk, solverWalkLater } from "./solver-walk.ts";

export { type Objective, objectiveOf } from "../objective/surface.ts";

/** What can be walked on: a surface, a least-squares problem, or a function of one's own. */
export type Walkable = Surface | LeastSquares | Objective;

export interface MinimizeOptions {
  /** An update rule with its hyper-parameters, such as `adam({ lr: 0.1 })`, or a solver, such as `lbfgs()`. */
  readonly optimizer: Optimizer | Solver;
  /** One number for each variable. Default: the target's own. */
  readonly start?: readonly number[];
  /** Steps to take; a solver may end before, where it has arrived. Default: 200, and 10,000 for a solver. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

/**
 * Walks down a surface in float64.
 *
 *     minimize(surfaces.beale, { optimizer: adam({ lr: 0.1 }), steps: 500 }).values;
 *     minimize(surfaces.rosenbrock(), { optimizer: lbfgs() }).outcome.kind; // "converged"
 *
 * An update rule's gradient is taken where the rule wants it; the values are those at the points. A walk that leaves the
 * finite numbers ends, as `diverged`, at the last point that is finite. Throws a RangeError for a start where the function
 * is not finite, and a TypeError for a solver that asks what the target cannot tell: a formula tells all, a function of
 * one's own values and slopes.
 */
export function minimize(target: Walkable, options: MinimizeOptions): Path {
  checkWalk(target, options);
  const { optimizer } = options;
  if (isSolver(optimizer)) return solverWalk(target, { ...options, optimizer });
  const walking = optimizerWalk(target, { ...options, optimizer });
  for (;;) {
    const { done, value } = walking.next();
    if (done) return value;
  }
}

/** The same without holding the thread: it rests now and then, so that a page stays alive and the signal can be given. */
export async function minimizeLater(target: Walkable, options: MinimizeOptions): Promise<Path> {
  checkWalk(target, options);
  const { optimizer } = options;
  if (isSolver(optimizer)) return solverWalkLater(target, { ...options, optimizer });
  const walking = optimizerWalk(target, { ...options, optimizer });
  const rest = resting();
  for (;;) {
    const { done, value } = walking.next();
    if (done) return value;
    await rest();
  }
}

function checkWalk(target: Walkable, options: MinimizeOptions): void {
  checkWalkable(target);
  checkOptions(
    "minimize",
    options,
    ["optimizer", "start", "steps", "signal"],
    "minimize(surface, { optimizer: adam() })",
  );
  checkMethod(options.optimizer);
}
