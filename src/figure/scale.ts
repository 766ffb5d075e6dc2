import { scaleBand, scaleLinear, scaleLog } from "d3-scale";
import type { Axis, Coordinate, NumberAxis } from "./axis.ts";
import { givenTicks, isWhole, linearTicks, logTicks, type Tick, wholeTicks } from "./ticks.ts";

/** An axis laid on pixels, or on the dots of a terminal. */
export interface Scale {
  /** The place of a value; `null` for a hole, and for a name that is not on the axis. */
  at(value: Coordinate): number | null;
  /** Whether a value lies within the axis. */
  within(value: Coordinate): boolean;
  readonly ticks: readonly Tick[];
  /** The name of the axis. */
  readonly label?: string;
  /** The place from which bars are drawn. */
  readonly base: number;
  /** Width of one band; 0 on a number axis. */
  readonly band: number;
  /** From the middle of one band to that of the next; 0 on a number axis. */
  readonly step: number;
}

/** Numbers whose difference still is one, and the powers of ten that are not subnormal. */
const LARGEST = 8e307;
const SMALLEST = 1e-307;
/** Numbers nearer together than this count as one. */
const LEAST = 1e-290;
/** Places far outside the plot are all the same: SVG readers stumble over very large numbers. */
const FAR = 1e4;

/** The end points of an axis, and the names on a band axis. Independent of pixels. */
export type Domain = readonly [number, number] | readonly string[];

/** The axis' own domain, or one that holds all `values`; `margin`: the share of it left free at both ends. */
export function domainOf(axis: Axis, values: readonly Coordinate[], margin: number): Domain {
  if (axis.scale === "band") return axis.domain ?? [...new Set(values.filter((v) => typeof v === "string"))];
  if (axis.domain) {
    const least = axis.scale === "log" ? SMALLEST : -LARGEST;
    const [low, high] = axis.domain.map((end) => Math.max(least, clamp(end)));
    if (low < high) return [low, high]; // else it lies where a float64 has no digits left
  }
  const numbers = values.filter((v) => typeof v === "number" && Number.isFinite(v) && (axis.scale !== "log" || v > 0));
  return axis.scale === "log" ? logDomain(numbers, margin) : linearDomain(numbers, margin);
}

function linearDomain(values: readonly (number | string | null)[], margin: number): readonly [number, number] {
  const { lo, hi } = ends(values, 0, 1);
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  if (hi - lo <= Math.max(size * 1e-12, LEAST)) {
    const room = size > LEAST ? size / 2 : 1;
    return [clamp(lo - room), clamp(hi + room)];
  }
  const room = margin * (hi - lo);
  // The margin stops at zero: an axis of losses or times shows no negative ones.
  return [lo >= 0 ? Math.max(0, lo - room) : clamp(lo - room), hi <= 0 ? Math.min(0, hi + room) : clamp(hi + room)];
}

function logDomain(values: readonly (number | string | null)[], margin: number): readonly [number, number] {
  const given = ends(values, 0.1, 1);
  const [lo, hi] = [Math.max(SMALLEST, given.lo), Math.max(SMALLEST, given.hi)];
  const ratio = Math.log10(hi) - Math.log10(lo);
  const factor = 10 ** (ratio < 1e-9 ? 0.5 : margin * ratio);
  return [Math.max(SMALLEST, lo / factor), Math.min(LARGEST, hi * factor)];
}

function ends(values: readonly (number | string | null)[], low: number, high: number): { lo: number; hi: number } {
  let [lo, hi] = [Infinity, -Infinity];
  for (const v of values) {
    if (typeof v !== "number") continue;
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  return lo <= hi ? { lo: clamp(lo), hi: clamp(hi) } : { lo: low, hi: high };
}

/** `spacing`: pixels that a tick needs. */
export function ticksOf(axis: Axis, domain: Domain, length: number, spacing: number): readonly Tick[] {
  if (axis.scale === "band" || !isNumbers(domain)) return domain.map((name) => ({ value: name, label: String(name) }));
  const count = Math.max(2, Math.floor(length / spacing));
  if (axis.ticks)
    return givenTicks(
      axis.ticks.filter((v) => v >= domain[0] && v <= domain[1]),
      axis.scale === "log",
    );
  const ticks = axis.scale === "log" ? logTicks(domain, count) : linearTicks(domain, count);
  return axis.whole && !ticks.every(isWhole) ? wholeTicks(domain, count) : ticks;
}

/** Lays a domain on the pixels of `range`, first to first. */
export function scaleOf(axis: Axis, domain: Domain, range: readonly [number, number], ticks: readonly Tick[]): Scale {
  if (axis.scale === "band" || !isNumbers(domain)) return bandScale(domain.map(String), range, ticks);
  return numberScale(axis, domain, range, ticks);
}

function bandScale(names: readonly string[], range: readonly [number, number], ticks: readonly Tick[]): Scale {
  const bands = scaleBand(names, range).paddingInner(0.3).paddingOuter(0.2);
  const at = (value: Coordinate): number | null => {
    const start = typeof value === "string" ? bands(value) : undefined;
    return start === undefined ? null : start + bands.bandwidth() / 2;
  };
  return {
    at,
    within: (value) => at(value) !== null,
    ticks,
    base: range[0],
    band: bands.bandwidth(),
    step: bands.step(),
  };
}

function numberScale(
  axis: NumberAxis,
  domain: readonly [number, number],
  range: readonly [number, number],
  ticks: readonly Tick[],
): Scale {
  const log = axis.scale === "log";
  const place = (log ? scaleLog() : scaleLinear()).domain(domain).range(range);
  const [low, high] = [Math.min(...range) - FAR, Math.max(...range) + FAR];
  const at = (value: Coordinate): number | null => {
    if (typeof value !== "number" || !Number.isFinite(value)) return null;
    // On a log axis zero and negative numbers lie infinitely far beyond the low end.
    const pixel =
      log && value <= 0 ? range[0] + Math.sign(range[0] - range[1]) * FAR : place(log ? value : near(value, domain));
    return Math.min(high, Math.max(low, pixel));
  };
  const within = (value: Coordinate) => typeof value === "number" && value >= domain[0] && value <= domain[1];
  const base = log ? range[0] : Math.min(Math.max(...range), Math.max(Math.min(...range), place(0)));
  return { at, within, ticks, label: axis.label, base, band: 0, step: 0 };
}

/** Not so far outside a domain that its share of it would overflow. */
const near = (value: number, [lo, hi]: readonly [number, number]): number =>
  Math.max(clamp(lo - FAR * (hi - lo)), Math.min(clamp(hi + FAR * (hi - lo)), value));

const isNumbers = (domain: Domain): domain is readonly [number, number] => typeof domain[0] === "number";
const clamp = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, value));
