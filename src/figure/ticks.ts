import { scaleLinear } from "d3-scale";
import { fixed, formatNumber, tenTo } from "./numbers.ts";

export interface Tick {
  readonly value: number | string;
  readonly label: string;
}

type Domain = readonly [number, number];

/** About `count` round values within the domain. */
export function linearTicks(domain: Domain, count: number): Tick[] {
  const values = scaleLinear().domain(domain).ticks(count).filter(Number.isFinite);
  return labelled(values.length > 0 ? values : [...domain]);
}

/** The same among whole numbers; where the domain holds none, its ends. */
export function wholeTicks(domain: Domain, count: number): Tick[] {
  const [low, high] = [Math.ceil(domain[0] - 1e-9), Math.floor(domain[1] + 1e-9)];
  if (high < low) return labelled([...domain]);
  const values = scaleLinear()
    .domain([low, high])
    .ticks(Math.min(count, high - low))
    .filter(Number.isInteger);
  return labelled(values.length > 0 ? values : [low]);
}

export const isWhole = ({ value }: Tick): boolean => Number.isInteger(value);

/** Powers of ten, every second or third where they are many; within a decade or two, 1, 2 and 5 times them. */
export function logTicks(domain: Domain, count: number): Tick[] {
  const [low, high] = domain.map(Math.log10);
  const powers = whole(Math.ceil(low - 1e-9), Math.floor(high + 1e-9));
  const every = Math.ceil(powers.length / Math.max(2, count));
  if (powers.length > 2) return decades(powers.filter((power) => power % every === 0));
  const fine = whole(Math.floor(low), Math.floor(high)).flatMap((power) =>
    [1, 2, 5].map((m) => Number(`${m}e${power}`)),
  );
  const within = fine.filter((v) => v >= domain[0] && v <= domain[1]);
  return within.length > 1 ? givenTicks(within, true) : linearTicks(domain, Math.min(count, 3));
}

/** Ticks at given values: on a log axis each with its own digits, else with common decimals. */
export const givenTicks = (values: readonly number[], log: boolean): Tick[] =>
  log ? values.map((value) => ({ value, label: formatNumber(value) })) : labelled(values);

/** The labels of ticks share their form: as many decimals as tell them apart, or powers of ten. */
function labelled(values: readonly number[]): Tick[] {
  const largest = Math.max(...values.map(Math.abs));
  const step = Math.min(
    ...values
      .slice(1)
      .map((v, i) => v - values[i])
      .filter((d) => d > 0),
    largest || 1,
  );
  if (largest >= 1e7 || largest < 1e-3) {
    const digits = Math.min(12, 1 + Math.max(0, Math.round(Math.log10(largest) - Math.log10(step) + 0.3)));
    return values.map((value) => ({ value, label: formatNumber(value, digits) }));
  }
  const decimals = decimalsOf(step);
  return values.map((value) => ({ value, label: fixed(value, decimals) }));
}

/** The fewest decimals that write a step exactly, as far as ten significant digits go. */
function decimalsOf(step: number): number {
  const [mantissa, exponent] = step.toExponential(9).split("e");
  const digits = String(Number(mantissa)).replace(".", "").length;
  return Math.max(0, Math.min(14, digits - 1 - Number(exponent)));
}

/** Powers of ten, plainly where all are easy to read. */
function decades(powers: readonly number[]): Tick[] {
  const plain = powers[0] >= -3 && powers[powers.length - 1] <= 4;
  return powers.map((power) => {
    const value = Number(`1e${power}`);
    return { value, label: plain ? formatNumber(value) : tenTo(power) };
  });
}

const whole = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
