/** Milliseconds for which a run that was interrupted may still measure what its report needs. */
const GRACE = 1000;

/** Says whether a run was interrupted so long ago that measuring has to end, too. */
export function graceOf(signal: AbortSignal | undefined): () => boolean {
  let since: number | undefined;
  return () => {
    if (signal?.aborted !== true) return false;
    since ??= performance.now();
    return performance.now() - since >= GRACE;
  };
}
