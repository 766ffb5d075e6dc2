import type { Awaitable } from "../../objective/index.ts";

/**
 * A computation, written once for synchronous and asynchronous objectives: it yields a promise whenever it has to wait.
 * `finish` and `finishAsync` run it.
 */
export type Computation<T> = Generator<Promise<void>, T, void>;

/** The value itself, awaited if it is a promise. */
export function* awaited<T>(answer: Awaitable<T>): Computation<T> {
  if (!(answer instanceof Promise)) return answer;
  const kept: T[] = [];
  yield answer.then((value) => {
    kept.push(value);
  });
  return kept[0];
}

/** Runs a computation that never waits, and ignores its other yields. Throws a TypeError if it has to wait. */
export function finish<T>(computation: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    if (value instanceof Promise) throw new TypeError(PROMISED);
  }
}

const PROMISED = "the objective returns promises; call the function whose name ends in Async, and await it";

/** Runs a computation that may wait. */
export async function finishAsync<T>(computation: Generator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    if (value instanceof Promise) await value;
  }
}
