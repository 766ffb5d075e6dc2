/** The 97.5 % quantile of the normal distribution: 95 % of it lie within ±Z. */
const Z = 1.959963984540054;

/**
 * The 95 % confidence interval of a proportion, observed as p in n independent examples (Wilson 1927):
 *
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 */
export function wilson(p: number, n: number): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const middle = p + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  // At p = 0 and p = 1 one end is exact; rounding would spoil it.
  return [p === 0 ? 0 : (middle - reach) / scale, p === 1 ? 1 : (middle + reach) / scale];
}
