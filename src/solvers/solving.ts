import type { Awaitable } from "../objective/objective.ts";

/** A point that a solver has reached, the start first. */
export interface Iteration {
  /** Steps taken to get here: 0 at the start. */
  readonly index: number;
  /** The solver's own memory, which the next step overwrites: copy what is to be kept. */
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly value: number;
}

/**
 * A computation written once for both kinds of objectives: it yields a promise where it has to wait, and an iteration
 * where it has reached a point. `finish` and `finishLater` run it.
 */
export type Solving<T> = Generator<Promise<void> | Iteration, T, void>;

/** The answer itself, waited for where it is a promise. */
export function* settled<T>(answer: Awaitable<T>): Solving<T> {
  if (!(answer instanceof Promise)) return answer;
  const kept: T[] = [];
  yield answer.then((value) => {
    kept.push(value);
  });
  return kept[0];
}

/** Runs a computation that never waits. Throws a TypeError where it does. */
export function finish<T>(solving: Solving<T>): T {
  for (;;) {
    const { done, value } = solving.next();
    if (done) return value;
    if (value instanceof Promise) throw new TypeError(PROMISED);
  }
}

export const PROMISED = "the objective answers with promises; call the function whose name ends in Later, and await it";

/** Runs a computation that may wait. */
export async function finishLater<T>(solving: Solving<T>): Promise<T> {
  for (;;) {
    const { done, value } = solving.next();
    if (done) return value;
    if (value instanceof Promise) await value;
  }
}
