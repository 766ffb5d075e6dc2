/** What lies at the part `p` of the sorted numbers, from 0 to 1, interpolated. */
function quantile(sorted, p) {
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  return low + (at % 1) * (sorted[Math.ceil(at)] - low);
}

/** The median and the quartiles on both sides of it. */
export function quartiles(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

export const median = (numbers) => quartiles(numbers).median;
