import { Arena } from "../compile/memory.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type Objective, objectiveOf } from "../surfaces/objective.ts";
import { sumOfSquares } from "../surfaces/sum-of-squares.ts";
import type { Outcome } from "./events.ts";
import type { MinimizeOptions, Path, Walkable } from "./minimize.ts";
import { checkSteps, startOn } from "./start.ts";

interface OptimizerWalk extends MinimizeOptions {
  readonly optimizer: Optimizer;
}

/** Steps between two offers to rest. */
const STRIDE = 256;

/** Walks by an update rule. It yields now and then, where a rest would be in place. */
export function* optimizerWalk(target: Walkable, walk: OptimizerWalk): Generator<void, Path> {
  const { optimizer, steps = 200, signal } = walk;
  const objective = objectiveOn(target);
  const { dimension } = objective;
  const start = startOn(target, dimension, walk.start);
  checkSteps(steps);

  const lengths = Array.from({ length: 3 + optimizer.slots.length }, () => dimension);
  const arena = new Arena(Arena.bytesFor(lengths.map((length) => ({ dtype: "f64", length }))));
  const vector = (): Float64Array => arena.vector("f64", dimension);
  const [w, g, ahead] = [vector(), vector(), vector()];
  w.set(start);
  const state = optimizer.init(w, vector);
  const step = optimizer.bind(w, g, state, { arena });
  const lookAhead = optimizer.lookahead?.bind(w, state, ahead, arena);
  const aside = new Float64Array(dimension);

  const points = new Float64Array((steps + 1) * dimension);
  const values = new Float64Array(steps + 1);
  let taken = 0;
  const end = (kind: Outcome["kind"], reason: string): Path => ({
    dimension,
    points: points.subarray(0, (taken + 1) * dimension),
    values: values.subarray(0, taken + 1),
    outcome: { kind, step: taken, reason },
  });

  points.set(w);
  values[0] = objective.valueAndGradient(w, g);
  if (!Number.isFinite(values[0]))
    throw new RangeError(
      `${objective.name}: the value at the start [${start.join(", ")}] is ${values[0]}; start elsewhere`,
    );
  // A function of its own: loops in generators are slower.
  const walkTo = (last: number): Path | undefined => {
    while (taken < last) {
      if (signal?.aborted) return end("interrupted", "the walk was interrupted");
      if (lookAhead !== undefined) {
        lookAhead();
        objective.valueAndGradient(ahead, g);
      }
      if (!allFinite(g)) return end("diverged", `the gradient is not finite at step ${taken + 1}`);
      step();
      // The value at the new point; with it comes the gradient of the next step.
      const value = objective.valueAndGradient(w, lookAhead === undefined ? g : aside);
      if (!Number.isFinite(value) || !allFinite(w))
        return end("diverged", `the value is ${value} after step ${taken + 1}`);
      taken++;
      values[taken] = value;
      for (let i = 0; i < dimension; i++) points[taken * dimension + i] = w[i];
    }
    return taken === steps ? end("completed", `${steps} steps were taken`) : undefined;
  };
  for (;;) {
    yield;
    const path = walkTo(Math.min(taken + STRIDE, steps));
    if (path !== undefined) return path;
  }
}

function objectiveOn(target: Walkable): Objective {
  if ("valueAndGradient" in target) return target;
  return objectiveOf("starts" in target ? sumOfSquares(target) : target);
}

function allFinite(vector: Float64Array): boolean {
  for (let i = 0; i < vector.length; i++) if (!Number.isFinite(vector[i])) return false;
  return true;
}
