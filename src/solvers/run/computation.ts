import type { Awaitable } from "../../objective/index.ts";

/**
 * A computation written once for both kinds of objectives: it yields a promise where it has to wait. `finish` and
 * `finishAsync` run it.
 */
export type Computation<T> = Generator<Promise<void>, T, void>;

/** The answer itself, waited for where it is a promise. */
export function* awaited<T>(answer: Awaitable<T>): Computation<T> {
  if (!(answer instanceof Promise)) return answer;
  const kept: T[] = [];
  yield answer.then((value) => {
    kept.push(value);
  });
  return kept[0];
}

/** Runs a computation that never waits, and passes over what else it yields. Throws a TypeError where it has to wait. */
export function finish<T>(computation: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    if (value instanceof Promise) throw new TypeError(PROMISED);
  }
}

const PROMISED = "the objective answers with promises; call the function whose name ends in Async, and await it";

/** Runs a computation that may wait. */
export async function finishAsync<T>(computation: Generator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    if (value instanceof Promise) await value;
  }
}
