import { formatNumber } from "../src/figure/index.ts";
import * as phrases from "../src/report/phrases.ts";

/** Numbers as they are read in tables: "–" where there is none. */

/** Four digits, the last ones even where they are 0: costs stand below each other. */
export const cost = (value: number | null): string =>
  value === null
    ? "–"
    : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4
      ? value.toPrecision(4).replace("-", "−")
      : formatNumber(value, 4);
export const percent = (part: number | undefined): string => (part === undefined ? "–" : phrases.percent(part));
export const { count, duration } = phrases;

/** As it can be typed, exactly: 0.01, 1e-8. */
export const decimal = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);

/** Time that is left: whole seconds, or larger units. */
export function timeLeft(value: number): string {
  const whole = Math.max(0, Math.round(value));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Hyper-parameters on one line: `lr 0.001, beta1 0.9`. */
export const hyperWords = (hyper: Readonly<Record<string, number | string>>): string =>
  Object.entries(hyper)
    .map(([name, value]) => `${name} ${typeof value === "number" ? decimal(value) : value}`)
    .join(", ");
