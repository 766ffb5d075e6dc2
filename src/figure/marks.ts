import { someOf } from "../arguments/index.ts";
import { look, oneOf, positive, rising, show, words } from "./check.ts";
import type {
  ArrowMark,
  BandMark,
  BarMark,
  ContourMark,
  Coordinate,
  Dash,
  Grid,
  LineMark,
  Look,
  MarkerMark,
  MarkerShape,
  Point,
  RuleMark,
  TextMark,
  Weight,
} from "./description.ts";
import { dashes, shapes, weights } from "./description.ts";
import { checkGrid, levelsOf } from "./levels.ts";

/** Numbers, or names on a band axis; whatever is not finite becomes a hole. */
type Values = ArrayLike<Coordinate>;

/** Points as pairs, or as columns: `y` alone is drawn over 0, 1, 2, … */
export type Points = { readonly points: Iterable<Point> } | { readonly x?: Values; readonly y: Values };

/** A curve. Where its last values are missing, the run diverged: the curve ends with a mark there. */
export function line(
  options: Points &
    Look & { dash?: Dash; weight?: Weight /** Set where the run ended by diverging. */; diverged?: boolean },
): LineMark {
  const { dash, weight } = options;
  if (dash !== undefined) oneOf("line: dash", dash, dashes);
  if (weight !== undefined) oneOf("line: weight", weight, weights);
  const all = pointsOf("line", options);
  const points = all.slice(0, all.findLastIndex(isWhole) + 1);
  const diverged = options.diverged ?? points.length < all.length;
  return { kind: "line", points, ...lookOf("line", options), dash, weight, diverged };
}

/** The area between `lo` and `hi`: the spread over seeds, say. */
export function band(options: { x?: Values; lo: Values; hi: Values } & Look): BandMark {
  const { lo, hi, x = range(lo.length) } = options;
  sameLength("band", { x, lo, hi });
  const points = Array.from(lo, (_, i) => [hole(x[i]), hole(lo[i]), hole(hi[i])] as const);
  return { kind: "band", points, ...lookOf("band", options) };
}

/** Points drawn as small shapes. A marker without label or series is drawn in ink. */
export function marker(
  options: Points & Look & { shape?: MarkerShape; size?: number; titles?: readonly string[] },
): MarkerMark {
  const { shape, size, titles } = options;
  if (shape !== undefined) oneOf("marker: shape", shape, shapes);
  if (size !== undefined) positive("marker: size", size);
  const points = pointsOf("marker", options);
  if (titles !== undefined) sameLength("marker", { points, titles });
  return { kind: "marker", points, ...lookOf("marker", options), shape, size, titles };
}

/** Bars: one axis of the panel is a band axis, the other gives their lengths. */
export const bar = (options: Points & Look): BarMark => ({
  kind: "bar",
  points: pointsOf("bar", options),
  ...lookOf("bar", options),
});

export const arrow = (options: { from: Point; to: Point } & Look): ArrowMark => ({
  kind: "arrow",
  from: point(options.from),
  to: point(options.to),
  ...lookOf("arrow", options),
});

/** Words at a point; `shift` moves them by pixels to the right and down. */
export function text(
  options: { at: Point; text: string; anchor?: TextMark["anchor"]; shift?: readonly [number, number] } & Look,
): TextMark {
  const { at, anchor = "start", shift = [0, 0] } = options;
  oneOf("text: anchor", anchor, ["start", "middle", "end"]);
  if (!shift.every(Number.isFinite)) throw new RangeError(`text: shift is ${show(shift)}; give two finite numbers`);
  return { kind: "text", at: point(at), text: words("text", options.text), anchor, shift, ...lookOf("text", options) };
}

/** A vertical line at `x`, or a horizontal one at `y`, with words along it. */
export function rule(options: ({ x: Coordinate } | { y: Coordinate }) & { text?: string } & Look): RuleMark {
  const [axis, at] = "x" in options ? (["x", options.x] as const) : (["y", options.y] as const);
  return { kind: "rule", axis, at: hole(at), text: options.text, ...lookOf("rule", options) };
}

/**
 * The contour lines of a surface. `levels`: the heights, or how many; with `spacing: "log"` they grow by a constant
 * factor above the lowest value, as narrow valleys (Beale, Rosenbrock) need.
 */
export function contour(options: {
  grid: Grid;
  levels?: number | readonly number[];
  spacing?: ContourMark["spacing"];
  filled?: boolean;
}): ContourMark {
  const { grid: surface, levels = 14, spacing = "linear", filled = true } = options;
  checkGrid(surface);
  oneOf("contour: spacing", spacing, ["linear", "log"]);
  const heights =
    typeof levels === "number" ? levelsOf(surface, Math.ceil(positive("contour: levels", levels)), spacing) : levels;
  return { kind: "contour", grid: surface, levels: rising("contour: levels", heights), spacing, filled };
}

/** The surface f at `columns` × `rows` evenly spaced nodes, the edges of the domain among them. */
export function grid(
  f: (x: number, y: number) => number,
  options: { x: readonly [number, number]; y: readonly [number, number]; columns?: number; rows?: number },
): Grid {
  const { columns = 121, rows = columns } = options;
  const x = spread("grid: x", options.x, columns);
  const y = spread("grid: y", options.y, rows);
  return { x, y, values: y.flatMap((yj) => x.map((xi) => finite(f(xi, yj)))) };
}

/** The points of a path stored flat, as x₀, y₀, x₁, y₁, … */
export function pairs(flat: ArrayLike<number>): Point[] {
  if (flat.length % 2 !== 0) throw new RangeError(`pairs: ${flat.length} numbers; give x and y by turns`);
  return range(flat.length / 2).map((i) => [finite(flat[2 * i]), finite(flat[2 * i + 1])]);
}

function spread(what: string, [lo, hi]: readonly [number, number], count: number): number[] {
  rising(what, [lo, hi]);
  if (!(Number.isInteger(count) && count >= 2)) throw new RangeError(`${what}: ${count} nodes; give at least 2`);
  return range(count).map((i) => lo + ((hi - lo) * i) / (count - 1));
}

function pointsOf(what: string, options: Points): Point[] {
  if ("points" in options) return Array.from(options.points, point);
  if (options.y === undefined)
    throw new TypeError(`${what}: give points: [[x, y], …], or y: […] with or without x: […]`);
  const { y, x = range(y.length) } = options;
  sameLength(what, { x, y });
  return Array.from(y, (yi, i) => [hole(x[i]), hole(yi)]);
}

function sameLength(what: string, columns: Record<string, ArrayLike<unknown>>): void {
  const lengths = Object.entries(columns).map(([name, column]) => `${name}: ${column.length}`);
  if (new Set(Object.values(columns).map((column) => column.length)).size > 1)
    throw new RangeError(`${what}: columns of one length are needed, not ${someOf(lengths)}`);
}

function lookOf(what: string, { label, series, color }: Look): Look {
  look(what, { series, color });
  return { label, series, color };
}

const point = ([x, y]: Point): Point => [hole(x), hole(y)];
const hole = (value: Coordinate | undefined): Coordinate =>
  typeof value === "number" ? finite(value) : (value ?? null);
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const isWhole = ([x, y]: Point): boolean => x !== null && y !== null;
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
