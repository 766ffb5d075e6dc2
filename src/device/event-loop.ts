/**
 * A function to be awaited in long loops: every so often it lets the thread's other events through, such as a signal.
 * `turn` waits until they were.
 */
export function yieldEvery(milliseconds = 50, turn: () => Promise<void> = timer): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await turn();
    last = performance.now();
  };
}

const timer = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
