import { type Ending, noProgress } from "./ending.ts";
import type { Point } from "./point.ts";

/** Steps in which a search has to get somewhere. */
const PATIENCE = 100;
/** The part by which the value has to fall in that time, unless what there is to gain falls by half. */
const LEAST = 1e-7;

/** The best value and the least gain yet, and the steps since. */
export interface Progress {
  value: number;
  gain: number;
  idle: number;
}

export const atFirst = (): Progress => ({ value: Number.POSITIVE_INFINITY, gain: Number.POSITIVE_INFINITY, idle: 0 });

/**
 * The end of a search of which neither the value nor `gain`, a measure of how much lower it might get, has fallen much for long;
 * undefined where it goes on. What the method itself `expects` of a step says whether it has converged.
 */
export function idleEnd(progress: Progress, here: Point, gain: number, expects: number): Ending | undefined {
  const { value } = here;
  const better = !(value >= progress.value - LEAST * Math.abs(progress.value)) || gain < progress.gain / 2;
  if (better) Object.assign(progress, { value, gain: Math.min(gain, progress.gain) });
  progress.idle = better ? 0 : progress.idle + 1;
  if (progress.idle < PATIENCE) return undefined;
  return noProgress(here, expects, `${PATIENCE} steps have not lowered the value by ${LEAST} of itself`);
}
