import { median } from "../averages/index.ts";
import { studentQuantile } from "../curves/index.ts";
import type { Spread } from "./result.ts";

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

/** A mean, and an interval that covers the true one in so many of a hundred cases. */
export interface MeanInterval {
  readonly mean: number;
  /** Minus infinity for a single value. */
  readonly low: number;
  /** Infinity for a single value. */
  readonly high: number;
}

/**
 * The mean of independent values, with Student's interval of confidence, mean ± t·s/√n, at the given level (default 0.95). A single
 * value tells nothing of the spread. NaN where there are no values, or one is not finite.
 */
export function meanInterval(values: readonly number[], level = 0.95): MeanInterval {
  const n = values.length;
  const mean = values.reduce((total, value) => total + value, 0) / n;
  if (!Number.isFinite(mean)) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  if (n === 1) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const half = studentQuantile(level, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, low: mean - half, high: mean + half };
}
