import { cut, quoteList } from "../../arguments/index.ts";
import { objectiveOf, type Target } from "../../objective/index.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import type { SearchPath } from "../../solvers/index.ts";
import { WALK_STEPS } from "../defaults/index.ts";
import type { Outcome } from "../events.ts";
import { compiledWalker } from "./compiled-walker.ts";
import { checkSteps, type MinimizeOptions, mostSteps, type Path, startOn } from "./path.ts";
import { STRIDE, walkerOn } from "./walker.ts";

interface RuleWalk extends MinimizeOptions {
  readonly optimizer: Optimizer;
}

/** Walks by an update rule. Yields now and then, so that a caller can let other events have their turn. */
export function* ruleWalk(target: Target, options: RuleWalk): Generator<void, Path> {
  const { optimizer, steps = WALK_STEPS, signal } = options;
  const objective = objectiveOf(target);
  const { dimension } = objective;
  const start = startOn(target, dimension, options.start);
  checkSteps(steps, mostSteps(dimension));
  const track = { points: new Float64Array((steps + 1) * dimension), values: new Float64Array(steps + 1) };
  const walk = { optimizer, start, track, signal };
  // A loop over the surface's kernel and the rule's is compiled where possible; other functions are called from here.
  const walker = compiledWalker(objective, walk) ?? walkerOn(objective, walk);
  if (!Number.isFinite(track.values[0]))
    throw new RangeError(
      `${cut(target.name)}: the value at the start ${quoteList(start)} is ${track.values[0]}; start elsewhere`,
    );
  for (let taken = 0; taken < steps; ) {
    yield;
    const halt = signal?.aborted ? { taken } : walker.walk(taken, Math.min(taken + STRIDE, steps));
    taken = halt.taken;
    if (halt.reason !== undefined) return pathTo(taken, track, "diverged", halt.reason);
    if (taken < steps && signal?.aborted) return pathTo(taken, track, "interrupted", "the walk was interrupted");
  }
  return pathTo(steps, track, "completed", `${steps} steps were taken`);
}

/** The path so far, without points that are not finite. */
function pathTo(step: number, { points, values }: SearchPath, kind: Outcome["kind"], reason: string): Path {
  const dimension = points.length / values.length;
  return {
    dimension,
    points: points.subarray(0, (step + 1) * dimension),
    values: values.subarray(0, step + 1),
    outcome: { kind, step, reason },
  };
}
