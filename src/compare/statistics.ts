import { median } from "../averages/index.ts";
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
