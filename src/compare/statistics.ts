import type { Spread } from "./result.ts";

/** The middle number; the mean of the two in the middle where there are two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The 97.5 % quantile of the normal distribution: 95 % lie within it on both sides. */
const Z = 1.959963984540054;

/**
 * Where the true part lies with a confidence of 95 %, if a part p of n independent examples was found (Wilson 1927):
 *
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 */
export function wilson(p: number, n: number): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const middle = p + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  // The ends at p = 0 and p = 1 are exact but for rounding.
  return [p === 0 ? 0 : (middle - reach) / scale, p === 1 ? 1 : (middle + reach) / scale];
}

/** The value below which a part of the numbers lies, interpolated between neighbours. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** Median and range of those values that are numbers; null where none is. */
export function spread(values: readonly (number | null | undefined)[]): Spread | null {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length === 0) return null;
  return { median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) };
}
