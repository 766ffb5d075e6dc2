import type { Grid } from "../../figure/index.ts";
import { monotoneCubic, nodesDrawn, refine } from "../../figure/surface/index.ts";
import type { GridValues, LossSlice } from "../../landscape/index.ts";
import { type Landmarks, landmarksOf } from "./landmarks.ts";

/** How losses become heights: one scale for all slices that are shown together. */
export interface Heights {
  readonly scale: "linear" | "log";
  /** The losses at the floor and at the ceiling, above which a surface is cut off. */
  readonly domain: readonly [number, number];
  /** The highest loss of all: a surface that is cut off there is whole. Never below the ceiling. */
  readonly highest: number;
  /** The losses at which lines are drawn, ascending: round numbers, evenly spaced on a linear scale. */
  readonly levels: readonly number[];
}

/** What a reader chooses; the data say the rest. */
export interface HeightOptions {
  readonly scale?: "linear" | "log";
  readonly ceiling?: number;
}

/** A largest loss this many times the lower quartile needs a logarithm: on a linear scale most of the slice would be flat. */
const WIDE = 30;

/** The share of the points that a linear scale shows whole; the highest peaks are cut off where they are much higher. */
const [SHOWN, MUCH] = [0.92, 1.25];

/** Room above a barrier, so that its top is seen to be one. */
const ABOVE = 1.15;

/** How much higher a ceiling may become for the sake of ways, and a range of logarithms longer: one that flew off must not flatten all. */
const [TALLER, LONGER] = [2, 100];

/** Lines on a surface, about; and the most on a log scale. */
const [LINES, MANY] = [14, 25];

/**
 * Heights for slices that are shown together. Without a ceiling that is asked for, the surface is cut off below peaks that are much higher
 * than the rest, but never below the barrier between two nets, nor below a way, unless that is far higher.
 */
export function heightsOf(slices: readonly LossSlice[], options: HeightOptions = {}): Heights {
  const losses = lossesOf(slices);
  const landmarks = landmarksOf(slices);
  const [low, high] = [losses[0] ?? 0, losses[losses.length - 1] ?? 1];
  const at = (share: number): number => losses[Math.floor(share * (losses.length - 1))] ?? 1;
  const least = losses.find((loss) => loss > 0);
  const { scale = least !== undefined && high > WIDE * at(0.25) ? "log" : "linear", ceiling } = options;
  const highest = Math.max(high, ...landmarks.ways.slice(-1));
  const of = (domain: Heights["domain"], levels: (domain: Heights["domain"]) => number[]): Heights => ({
    ...{ scale, domain, levels: levels(domain) },
    highest: Math.max(highest, domain[1]),
  });
  if (scale === "log" && least !== undefined) {
    const [from, to] = longer([least, high], landmarks);
    return of(spread(from, ceiling ?? to), logLevels);
  }
  const typical = at(SHOWN);
  const floor = Math.min(low, ...landmarks.ways.slice(0, 1));
  const top = ceiling ?? taller(high > MUCH * typical ? typical : high, { low, high }, landmarks);
  return of(spread(floor >= 0 && floor < 0.3 * top ? 0 : floor, top), linearLevels);
}

/** A ceiling that holds the barrier, and ways as far as they are not much higher. */
function taller(
  top: number,
  { low, high }: { readonly low: number; readonly high: number },
  { barrier, ways }: Landmarks,
): number {
  const above = barrier === undefined ? top : Math.min(high, low + ABOVE * (barrier - low));
  const near = ways.filter((loss) => loss <= low + TALLER * (top - low));
  return Math.max(top, above, ...near.slice(-1));
}

/** An interval on a log scale that holds ways, too, as far as they are near. */
function longer([low, high]: readonly [number, number], { ways }: Landmarks): readonly [number, number] {
  const near = ways.filter((loss) => loss >= low / LONGER && loss <= high * LONGER);
  return [Math.min(low, ...near.slice(0, 1)), Math.max(high, ...near.slice(-1))];
}

/** All losses that are finite, ascending. */
const lossesOf = (slices: readonly LossSlice[]): Float64Array =>
  Float64Array.from(slices.flatMap(({ loss }) => loss.flat()).filter((loss) => loss !== null)).sort();

/** An interval that is not empty. */
const spread = (low: number, high: number): readonly [number, number] =>
  high > low ? [low, high] : [low, low + (Math.abs(low) || 1)];

/** Every half from 0.1 on where that suits, as Li et al. (2017) draw losses up to 10; else at multiples of a round number. */
function linearLevels([low, high]: readonly [number, number]): number[] {
  const step = roundStep((high - low) / LINES);
  const first = step === 0.5 && low < 0.1 ? 0.1 : (Math.floor(low / step) + 1) * step;
  const count = Math.max(0, Math.ceil((high - first) / step));
  return Array.from({ length: count }, (_, k) => tidy(first + k * step)).filter((level) => level > low && level < high);
}

/** 1, 2 or 5 times a power of ten: the nearest as a ratio. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const far = (step: number): number => Math.abs(Math.log(step / size));
  const [nearest] = [1, 2, 5, 10].map((m) => m * power).sort((a, b) => far(a) - far(b));
  return tidy(nearest);
}

/**
 * Tenths of powers of ten, evenly spaced as logarithms; over a wider range 1, 2 and 5 times the powers, or powers alone, and over a narrow one
 * as on a linear scale.
 */
function logLevels([low, high]: readonly [number, number]): number[] {
  const decades = Math.log10(high / low);
  if (3 * decades < LINES / 3) return linearLevels([low, high]);
  const times = [TENTHS, [1, 2, 5], [1]].find(({ length }) => length * decades <= MANY) ?? [1];
  const every = times.length > 1 ? 1 : Math.ceil(decades / LINES);
  const first = Math.floor(Math.log10(low) / every);
  const count = Math.ceil(Math.log10(high) / every) - first + 1;
  return Array.from({ length: count }, (_, k) => (first + k) * every)
    .flatMap((power) => times.map((m) => Number(`${m}e${power}`)))
    .filter((level) => level > low && level < high);
}

/** 10 to the power of 0, 0.1 … 0.9: 2 and 5 are nearer than can be seen. */
const TENTHS = [1, 1.26, 1.58, 2, 2.51, 3.16, 3.98, 5, 6.31, 7.94];

/** Without the rounding of binary fractions: 0.1 + 0.2 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The most nodes along an axis of a refined grid. */
const MOST = 200;

/** Pieces of a line from each measured point to the next. */
const PIECES = 8;

/** Values along a line, smooth between the points that were measured, as a surface is; on a log scale their logarithm is. */
export function smoothLine(
  nodes: readonly number[],
  values: readonly (number | null)[],
  scale: "linear" | "log",
): { readonly x: number[]; readonly y: number[] } {
  const x = nodes.flatMap((node, k) => {
    const next = nodes[k + 1];
    return next === undefined
      ? [node]
      : Array.from({ length: PIECES }, (_, piece) => node + ((next - node) * piece) / PIECES);
  });
  const logs = scale === "log" && values.every((value) => value === null || value > 0);
  const known = values.map((value) => (value === null ? Number.NaN : logs ? Math.log(value) : value));
  return { x, y: Array.from(monotoneCubic(nodes, known, x), (height) => (logs ? Math.exp(height) : height)) };
}

/** Values of a slice as a figure's grid, smooth between the points that were measured; on a log scale their logarithm is. */
export function smoothGrid({ x, y }: Pick<LossSlice, "x" | "y">, values: GridValues, scale: "linear" | "log"): Grid {
  const [columns, rows] = [nodesDrawn(x.length, MOST), nodesDrawn(y.length, MOST)];
  const flat = values.flat();
  const least = flat.reduce<number>((low, v) => (v !== null && v > 0 && v < low ? v : low), Infinity);
  const there = (value: number | null): number =>
    value === null ? Number.NaN : scale === "log" ? Math.log(Math.max(value, least)) : value;
  const { heights } = refine({ x, y, values: Float64Array.from(flat, there) }, columns, rows);
  const back = (height: number): number | null =>
    Number.isNaN(height) ? null : scale === "log" ? Math.exp(height) : height;
  return { x: evenly(x, columns), y: evenly(y, rows), values: Array.from(heights, back) };
}

const evenly = (nodes: readonly number[], count: number): number[] => {
  const [low, high] = [nodes[0], nodes[nodes.length - 1]];
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
};
