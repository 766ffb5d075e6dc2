import { Arena } from "../compile/memory.ts";
import { cut, quoteList } from "../expr/quote.ts";
import type { Optimizer, Step, Stepper } from "../optimizers/optimizer.ts";
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
export function* optimizerWalk(target: Walkable, options: OptimizerWalk): Generator<void, Path> {
  const walk = new Walk(objectiveOn(target), target, options);
  for (;;) {
    yield;
    const path = walk.goOn();
    if (path !== undefined) return path;
  }
}

class Walk {
  readonly #objective: Objective;
  readonly #signal: AbortSignal | undefined;
  readonly #steps: number;
  readonly #w: Float64Array;
  readonly #g: Float64Array;
  /** Where the gradient is wanted, for rules that look ahead, and room for the one at w, which nobody wants then. */
  readonly #ahead: Float64Array;
  readonly #aside: Float64Array;
  readonly #step: Step;
  readonly #lookAhead: Stepper | undefined;
  readonly #points: Float64Array;
  readonly #values: Float64Array;
  #taken = 0;

  constructor(objective: Objective, target: Walkable, { optimizer, steps = 200, signal, start }: OptimizerWalk) {
    const { name, dimension } = objective;
    const first = startOn(target, dimension, start);
    checkSteps(steps);
    const lengths = Array.from({ length: 4 + optimizer.slots.length }, () => dimension);
    const arena = new Arena(Arena.bytesFor(lengths.map((length) => ({ dtype: "f64", length }))));
    const vector = (): Float64Array => arena.vector("f64", dimension);
    const [w, g, ahead, aside] = [vector(), vector(), vector(), vector()];
    w.set(first);
    const state = optimizer.init(w, vector);
    [this.#objective, this.#steps, this.#signal] = [objective, steps, signal];
    [this.#w, this.#g, this.#ahead, this.#aside] = [w, g, ahead, aside];
    this.#step = optimizer.bind(w, g, state, { arena, spare: g });
    this.#lookAhead = optimizer.lookahead?.bind(w, state, ahead, arena);
    this.#points = new Float64Array((steps + 1) * dimension);
    this.#values = new Float64Array(steps + 1);
    this.#points.set(w);
    this.#values[0] = objective.valueAndGradient(w, g);
    if (!Number.isFinite(this.#values[0]))
      throw new RangeError(
        `${cut(name)}: the value at the start ${quoteList(first)} is ${this.#values[0]}; start elsewhere`,
      );
  }

  /** Goes on for some steps; the whole path once it has come to its end. */
  goOn(): Path | undefined {
    // Locals: the loop reads fields of a class, or of a generator's scope, a third more slowly.
    const [objective, w, g, points, values] = [this.#objective, this.#w, this.#g, this.#points, this.#values];
    const [signal, step, lookAhead] = [this.#signal, this.#step, this.#lookAhead];
    const besides = lookAhead === undefined ? g : this.#aside;
    const last = Math.min(this.#taken + STRIDE, this.#steps);
    for (let taken = this.#taken; taken < last; this.#taken = taken) {
      if (signal?.aborted) return this.#end("interrupted", "the walk was interrupted");
      if (lookAhead !== undefined) {
        lookAhead();
        objective.valueAndGradient(this.#ahead, g);
      }
      if (!allFinite(g)) return this.#end("diverged", `the gradient is not finite at step ${taken + 1}`);
      if (!step()) return this.#end("diverged", `an update is not finite at step ${taken + 1}`);
      // The value at the new point; with it comes the gradient of the next step.
      const value = objective.valueAndGradient(w, besides);
      if (!Number.isFinite(value)) return this.#end("diverged", `the value is ${value} after step ${taken + 1}`);
      taken++;
      values[taken] = value;
      for (let i = 0; i < w.length; i++) points[taken * w.length + i] = w[i];
    }
    return this.#taken === this.#steps ? this.#end("completed", `${this.#steps} steps were taken`) : undefined;
  }

  /** The path so far: points that are not finite are not among it. */
  #end(kind: Outcome["kind"], reason: string): Path {
    const { dimension } = this.#objective;
    return {
      dimension,
      points: this.#points.subarray(0, (this.#taken + 1) * dimension),
      values: this.#values.subarray(0, this.#taken + 1),
      outcome: { kind, step: this.#taken, reason },
    };
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
