/**
 * A function to await in long loops: every `milliseconds` it lets the thread handle other events, such as a signal. `turn`
 * waits until they are handled.
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
