// What the contenders that run in Node have in common; contender.py is the same for Python. A contender is a program
// of its own: it gets its settings as JSON in its first argument and prints its result as JSON on its last line.
import { quartiles } from "./quartiles.mjs";

/** How the benchmark is to be run: what its `settings` hold, and `folder`, where its data lie. */
export const settings = JSON.parse(process.argv[2] ?? "{}");

/**
 * Runs a step over and over: `warmUp` times for nothing, then `steps` times against the clock, each for itself. What the
 * first ones return is the check: all contenders must have computed the same. `after` is done behind the clock's back. With `memory` the
 * result is the process's peak memory instead.
 */
export async function measure(step, { warmUp, steps, memory = false, after = () => {} } = settings) {
  const times = [];
  const check = [];
  for (let k = 0; k < warmUp + steps; k++) {
    const start = performance.now();
    const result = await step();
    if (k >= warmUp) times.push(performance.now() - start);
    after();
    if (k < CHECKED) check.push(result);
  }
  report({ ...quartiles(memory ? [peakMemory()] : times), check });
}

/** Megabytes: the most memory that the process ever held. */
export const peakMemory = () => (process.resourceUsage().maxRSS * 1024) / 1e6; // maxRSS is in KiB

/** Steps whose results are compared. */
const CHECKED = 5;

export const report = (result) => console.log(JSON.stringify(result));
