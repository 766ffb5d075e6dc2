import { checkOptions } from "../../arguments/index.ts";
import { yieldEvery } from "../../device/index.ts";
import type { Target } from "../../objective/index.ts";
import { checkMethod, checkWalkable } from "../check-options.ts";
import { isSolver } from "../options.ts";
import type { MinimizeOptions, Path } from "./path.ts";
import { ruleWalk } from "./rule-walk.ts";
import { solverWalk, solverWalkAsync } from "./solver-walk.ts";

/**
 * Walks down a surface, or your own function, in float64.
 *
 *     minimize(surfaces.beale, { optimizer: adam({ lr: 0.1 }), steps: 500 }).values;
 *     minimize(surfaces.rosenbrock(), { optimizer: lbfgs() }).outcome.kind; // "converged"
 *
 * The gradient is taken where the update rule asks for it; the values are those at the points. A walk that meets a
 * value that is not finite ends, as `diverged`, at the last finite point. Throws a RangeError for a start where the
 * function is not finite, and a TypeError for a solver that needs more than the target offers: a formula offers
 * everything, your own function only values and gradients.
 */
export function minimize(target: Target, options: MinimizeOptions): Path {
  checkWalk(target, options);
  const { optimizer } = options;
  if (isSolver(optimizer)) return solverWalk(target, { ...options, optimizer });
  const walking = ruleWalk(target, { ...options, optimizer });
  for (;;) {
    const { done, value } = walking.next();
    if (done) return value;
  }
}

/**
 * `minimize` without blocking the thread: it yields now and then, so that a page stays responsive and can abort the
 * signal.
 */
export async function minimizeAsync(target: Target, options: MinimizeOptions): Promise<Path> {
  checkWalk(target, options);
  const { optimizer } = options;
  if (isSolver(optimizer)) return solverWalkAsync(target, { ...options, optimizer });
  const walking = ruleWalk(target, { ...options, optimizer });
  const rest = yieldEvery();
  for (;;) {
    const { done, value } = walking.next();
    if (done) return value;
    await rest();
  }
}

function checkWalk(target: Target, options: MinimizeOptions): void {
  checkWalkable(target);
  checkOptions(
    "minimize",
    options,
    ["optimizer", "start", "steps", "signal"],
    "minimize(surface, { optimizer: adam() })",
  );
  checkMethod(options.optimizer);
}
