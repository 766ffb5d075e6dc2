import { someOf } from "../arguments/index.ts";
import type { Coordinate, Point } from "./axis.ts";
import { type Forms, forms, optional } from "./options.ts";

/** Numbers, or names on a band axis; whatever is not finite becomes a hole. */
export type Values = ArrayLike<Coordinate>;

/** Points as pairs, or as columns: `y` alone is drawn over 0, 1, 2, … */
export type Points = { readonly points: Iterable<Point> } | { readonly x?: Values; readonly y: Values };

export const pointsForms: Forms<Points> = {
  points: optional(forms.points),
  x: optional(forms.column),
  y: optional(forms.column),
};

export function pointsOf(what: string, options: Points): Point[] {
  const { points, x: at, y }: Partial<{ points: Iterable<Point>; x: Values; y: Values }> = options;
  if ((points === undefined) === (y === undefined) || (points !== undefined && at !== undefined))
    throw new TypeError(`${what}: give points: [[x, y], …], or y: […] with or without x: […]`);
  if (points !== undefined) {
    const all = [...points];
    for (const [i, point] of all.entries()) forms.point(`${what}: points[${i}]`, point);
    return all.map(pointOf);
  }
  if (y === undefined) return [];
  const x = at ?? range(y.length);
  sameLength(what, { x, y });
  return Array.from(y, (yi, i) => [hole(x[i]), hole(yi)]);
}

/** The points [x, y] of a path stored flat, as x₀, y₀, x₁, y₁, … */
export function pairs(flat: ArrayLike<number>): Point[] {
  forms.flat("pairs: the list", flat);
  if (flat.length % 2 !== 0) throw new RangeError(`pairs: ${flat.length} numbers; give x and y by turns`);
  return range(flat.length / 2).map((i) => [finite(flat[2 * i]), finite(flat[2 * i + 1])]);
}

export function sameLength(what: string, columns: Record<string, ArrayLike<unknown>>): void {
  const lengths = Object.entries(columns).map(([name, column]) => `${name}: ${column.length}`);
  if (new Set(Object.values(columns).map((column) => column.length)).size > 1)
    throw new RangeError(`${what}: columns of one length are needed, not ${someOf(lengths)}`);
}

/** The places of points along one axis. */
export const along = (points: readonly Point[], axis: "x" | "y"): Coordinate[] =>
  points.map((point) => point[axis === "x" ? 0 : 1]);

export const pointOf = ([x, y]: Point): Point => [hole(x), hole(y)];
export const hole = (value: Coordinate | undefined): Coordinate =>
  typeof value === "number" ? finite(value) : (value ?? null);
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
/** Numbers of a column; null for what is none. */
export const numbersOf = (values: Values): (number | null)[] =>
  Array.from(values, (value) => (typeof value === "number" ? finite(value) : null));
export const isWhole = ([x, y]: Point): boolean => x !== null && y !== null;
export const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
