/** Milliseconds in which an interrupted run may still measure the results for its report. */
const GRACE = 1000;

/** Returns a function that says whether this grace period after an interruption is over, so that measuring must end, too. */
export function gracePeriod(signal: AbortSignal | undefined): () => boolean {
  let since: number | undefined;
  return () => {
    if (signal?.aborted !== true) return false;
    since ??= performance.now();
    return performance.now() - since >= GRACE;
  };
}
