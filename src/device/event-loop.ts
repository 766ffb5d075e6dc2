/** Milliseconds of work between two rests. */
const WORK = 50;

/** A function to be awaited in long loops: every 50 ms it lets go of the thread, so that others are heard. */
export function resting(): () => Promise<void> {
  let rested = performance.now();
  return async () => {
    if (performance.now() - rested < WORK) return;
    await new Promise<void>((resolve) => setTimeout(resolve));
    rested = performance.now();
  };
}
