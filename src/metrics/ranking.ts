/**
 * The area under the ROC curve: the probability that a random positive example has a higher score than a random negative one, ties
 * counting half (Mann–Whitney). null without an example of each.
 *
 * @param scores of the examples, higher for positive ones
 */
export function rocAuc(scores: ArrayLike<number>, positive: (example: number) => boolean): number | null {
  const order = descending(scores);
  let [above, below, wins] = [0, 0, 0];
  for (const group of ties(order, scores)) {
    const positives = group.filter(positive).length;
    const negatives = group.length - positives;
    wins += negatives * (above + positives / 2);
    above += positives;
    below += negatives;
  }
  return above === 0 || below === 0 ? null : wins / (above * below);
}

/**
 * Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, the area under the precision–recall curve without interpolation. null
 * without a positive example.
 */
export function averagePrecision(scores: ArrayLike<number>, positive: (example: number) => boolean): number | null {
  const order = descending(scores);
  let [found, seen, sum] = [0, 0, 0];
  for (const group of ties(order, scores)) {
    const positives = group.filter(positive).length;
    found += positives;
    seen += group.length;
    sum += positives * (found / seen);
  }
  return found === 0 ? null : sum / found;
}

const descending = (scores: ArrayLike<number>): number[] =>
  Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);

/** Examples with the same score, together. */
function* ties(order: readonly number[], scores: ArrayLike<number>): Generator<number[]> {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    yield order.slice(start, end);
    start = end;
  }
}
