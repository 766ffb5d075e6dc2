import { type Ending, noProgress } from "./ending.ts";
import type { Point } from "./point.ts";

/** The most steps in a row without progress. */
const PATIENCE = 100;
/** Progress is a fall of the value by this fraction, or of the possible gain by half. */
const LEAST = 1e-7;

/** The best value and the least gain so far, and the steps since. */
export interface Progress {
  value: number;
  gain: number;
  idle: number;
}

export const newProgress = (): Progress => ({
  value: Number.POSITIVE_INFINITY,
  gain: Number.POSITIVE_INFINITY,
  idle: 0,
});

/**
 * Ends a search in which neither the value nor `gain`, a measure of the possible decrease, has fallen much for many steps; undefined
 * while there is progress. `expects`, the decrease that the method predicts for its next step, decides whether it has converged.
 */
export function checkProgress(progress: Progress, here: Point, gain: number, expects: number): Ending | undefined {
  const { value } = here;
  const better = !(value >= progress.value - LEAST * Math.abs(progress.value)) || gain < progress.gain / 2;
  if (better) Object.assign(progress, { value, gain: Math.min(gain, progress.gain) });
  progress.idle = better ? 0 : progress.idle + 1;
  if (progress.idle < PATIENCE) return undefined;
  return noProgress(here, expects, `${PATIENCE} steps have not lowered the value by a fraction of ${LEAST}`);
}
