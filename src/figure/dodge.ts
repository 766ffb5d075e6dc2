/**
 * Places of labels along a line, at least `gap` apart and within [low, high] where they fit, as near to `wanted` (which
 * rises) as least squares can: neighbours that overlap are pooled and moved as one (pool adjacent violators).
 */
export function dodge(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const blocks: { sum: number; size: number }[] = [];
  // With i gaps taken off the i-th place, labels do not overlap where the places do not fall.
  wanted.forEach((place, i) => {
    let block = { sum: place - i * gap, size: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.size > block.sum / block.size; last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, size: block.size + last.size };
      blocks.pop();
    }
    blocks.push(block);
  });
  const highest = high - (wanted.length - 1) * gap;
  const free = blocks.flatMap(({ sum, size }) => new Array<number>(size).fill(sum / size));
  return free.map((place, i) => Math.max(low, Math.min(highest, place)) + i * gap);
}
