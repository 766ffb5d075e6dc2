import { Arena } from "../../device/index.ts";
import type { Objective } from "../../objective/index.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import type { SearchPath } from "../../solvers/index.ts";

/** Steps between two yields. */
export const STRIDE = 256;

/** Takes a rule's steps on an objective, and writes them to its track, which already has the start. */
export interface Walker {
  /** Takes the steps after the first `taken`, up to step `last`: at most one stride. */
  walk(taken: number, last: number): Halt;
}

/** The last step that was taken, and why the walk cannot go on from there, if it diverges. */
export interface Halt {
  readonly taken: number;
  readonly reason?: string;
}

/** The ways in which a walk diverges. */
export const beyond = {
  gradient: (taken: number): Halt => ({ taken, reason: `the gradient is not finite at step ${taken + 1}` }),
  update: (taken: number): Halt => ({ taken, reason: `an update is not finite at step ${taken + 1}` }),
  value: (taken: number, value: number): Halt => ({ taken, reason: `the value is ${value} after step ${taken + 1}` }),
} as const;

/** What a walk needs. The value at the start is finite. */
export interface Walk {
  readonly optimizer: Optimizer;
  readonly start: readonly number[];
  /** Where its points and values go. */
  readonly track: SearchPath;
  readonly signal: AbortSignal | undefined;
}

/** Walks on any objective, by any rule: the reference. */
export function walkerOn(objective: Objective, { optimizer, start, track, signal }: Walk): Walker {
  const lengths = Array.from({ length: 4 + optimizer.slots.length }, () => start.length);
  const arena = new Arena(Arena.bytesFor(lengths.map((length) => ({ dtype: "f64", length }))));
  const vector = (): Float64Array => arena.vector("f64", start.length);
  // For rules that look ahead: the point where the gradient is taken, and room for the unused gradient at w.
  const [w, g, ahead, aside] = [vector(), vector(), vector(), vector()];
  w.set(start);
  const state = optimizer.init(w, vector);
  const step = optimizer.bind(w, g, state, { arena, spare: g });
  const lookAhead = optimizer.lookahead?.bind(w, state, ahead, arena);
  const besides = lookAhead === undefined ? g : aside;
  const { points, values } = track;
  points.set(w);
  values[0] = objective.gradient(w, g);
  return {
    walk: (from, last) => {
      let taken = from;
      for (; taken < last && !signal?.aborted; taken++) {
        if (lookAhead !== undefined) {
          lookAhead();
          objective.gradient(ahead, g);
        }
        if (!allFinite(g)) return beyond.gradient(taken);
        if (!step()) return beyond.update(taken);
        // The value at the new point, together with the gradient for the next step.
        const value = objective.gradient(w, besides);
        if (!Number.isFinite(value)) return beyond.value(taken, value);
        values[taken + 1] = value;
        for (let i = 0; i < w.length; i++) points[(taken + 1) * w.length + i] = w[i];
      }
      return { taken };
    },
  };
}

function allFinite(vector: Float64Array): boolean {
  for (let i = 0; i < vector.length; i++) if (!Number.isFinite(vector[i])) return false;
  return true;
}
