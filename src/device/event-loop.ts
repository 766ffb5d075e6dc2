/** A function to be awaited in long loops: every so often it lets the thread's other events through, such as a signal. */
export function yieldEvery(milliseconds = 50): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await new Promise<void>((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
