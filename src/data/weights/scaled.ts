/** Weights divided by the largest, so that sums and products of them are finite. If all are 0, so are these. */
export function scaledToMost1(weights: ArrayLike<number>): Float64Array {
  let most = 0;
  for (let i = 0; i < weights.length; i++) most = Math.max(most, weights[i]);
  return Float64Array.from(weights, (weight) => (most === 0 ? weight : weight / most));
}
