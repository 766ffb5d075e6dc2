import { cut, quoteList } from "../expr/quote.ts";
import { objectiveOf } from "../objective/surface.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { SearchPath } from "../solvers/index.ts";
import { sumOfSquares } from "../surfaces/sum-of-squares.ts";
import { compiledWalker } from "./compiled-walker.ts";
import type { Outcome } from "./events.ts";
import type { MinimizeOptions, Walkable } from "./minimize.ts";
import type { Path } from "./path.ts";
import { checkSteps, startOn } from "./start.ts";
import { STRIDE, type Walk, type Walker, walkerOn } from "./walker.ts";

interface OptimizerWalk extends MinimizeOptions {
  readonly optimizer: Optimizer;
}

/** Walks by an update rule. It yields now and then, where a rest would be in place. */
export function* optimizerWalk(target: Walkable, options: OptimizerWalk): Generator<void, Path> {
  const { optimizer, steps = 200, signal } = options;
  const { dimension, walkerFor } = wayOn(target);
  const start = startOn(target, dimension, options.start);
  checkSteps(steps);
  const track = { points: new Float64Array((steps + 1) * dimension), values: new Float64Array(steps + 1) };
  const walker = walkerFor({ optimizer, start, track, signal });
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

interface Way {
  readonly dimension: number;
  walkerFor(walk: Walk): Walker;
}

/** A function of one's own is called from here; a surface's is compiled, and so is the loop over it where that can be. */
function wayOn(target: Walkable): Way {
  if ("valueAndGradient" in target) return { dimension: target.dimension, walkerFor: (walk) => walkerOn(target, walk) };
  const objective = objectiveOf("starts" in target ? sumOfSquares(target) : target);
  const { dimension } = objective;
  return { dimension, walkerFor: (walk) => compiledWalker(objective, walk) ?? walkerOn(objective, walk) };
}

/** The path so far: points that are not finite are not among it. */
function pathTo(step: number, { points, values }: SearchPath, kind: Outcome["kind"], reason: string): Path {
  const dimension = points.length / values.length;
  return {
    dimension,
    points: points.subarray(0, (step + 1) * dimension),
    values: values.subarray(0, step + 1),
    outcome: { kind, step, reason },
  };
}
