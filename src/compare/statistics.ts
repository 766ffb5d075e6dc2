import type { Spread } from "./result.ts";

/** The middle value, or the mean of the two in the middle; NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

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

/** The quantile of the values at p, from 0 to 1, interpolated linearly between neighbours; NaN for an empty list. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** Median and range of the values that are numbers; null if there are none. */
export function spread(values: readonly (number | null | undefined)[]): Spread | null {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length === 0) return null;
  return { median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) };
}
