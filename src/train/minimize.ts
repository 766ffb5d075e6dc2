import { Arena } from "../compile/memory.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type Objective, objectiveOf } from "../surfaces/objective.ts";
import type { Surface } from "../surfaces/surface.ts";
import type { Outcome } from "./events.ts";

export { type Objective, objectiveOf } from "../surfaces/objective.ts";

export interface MinimizeOptions {
  readonly optimizer: Optimizer;
  /** One number for each variable. Default: the surface's own start. */
  readonly start?: readonly number[];
  /** Steps to take. Default 200. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

/** A walk down a surface: each point and its value, the start first. */
export interface Path {
  readonly dimension: number;
  /** (steps taken + 1) × dimension, row by row. */
  readonly points: Float64Array;
  /** One for each point. */
  readonly values: Float64Array;
  readonly outcome: Outcome;
}

/**
 * Walks down a surface in float64. The gradient is taken where the optimizer wants it; the values are those at the
 * points. A walk that leaves the finite numbers ends, as `diverged`, at the last point that is finite.
 */
export function minimize(target: Surface | Objective, options: MinimizeOptions): Path {
  const { optimizer, steps = 200, signal } = options;
  const objective = "valueAndGradient" in target ? target : objectiveOf(target);
  const { dimension } = objective;
  const start = options.start ?? ("start" in target ? target.start : undefined);
  checkStart(objective.name, start, dimension);
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new RangeError(`steps is ${steps}; it must be a whole number, 0 or more`);

  const arena = new Arena(
    Arena.bytesFor(
      Array.from({ length: 3 + optimizer.slots.length }, () => ({ dtype: "f64" as const, length: dimension })),
    ),
  );
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
  while (taken < steps) {
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
  return end("completed", `${steps} steps were taken`);
}

function checkStart(
  name: string,
  start: readonly number[] | undefined,
  dimension: number,
): asserts start is readonly number[] {
  if (start === undefined) throw new RangeError(`${name}: give a start, ${dimension} numbers`);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(`${name}: the start is [${start.join(", ")}]; ${dimension} finite numbers are needed`);
}

function allFinite(vector: Float64Array): boolean {
  for (let i = 0; i < vector.length; i++) if (!Number.isFinite(vector[i])) return false;
  return true;
}
