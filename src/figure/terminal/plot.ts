import type { Point } from "../axis.ts";
import type { Scale } from "../scale.ts";
import { DOTS, type Screen } from "./screen.ts";

/** The plot of a panel on the screen: the cell where it begins, its size in dots, and scales in dots. */
export interface Plot {
  readonly screen: Screen;
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
}

/** Dots from the upper left corner of the plot. */
export type Dot = readonly [x: number, y: number];

/** A character at a dot, where it lies in the plot. */
export function put(plot: Plot, dot: Dot | null, character: string, color?: number): void {
  if (dot && within(plot, dot)) write(plot, dot, character, color);
}

/** Words from a dot to the right. */
export function write({ screen, column, row }: Plot, [x, y]: Dot, text: string, color?: number): void {
  screen.write(column + Math.floor(x / DOTS[0]), row + Math.max(0, Math.floor(y / DOTS[1])), text, color);
}

/** A straight row of dots, every `step`-th of them, cut off at the edges of the plot. */
export function stroke(plot: Plot, from: Dot, to: Dot, color: number | undefined, step = 1): void {
  const { screen, column, row, width, height } = plot;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))) || 1;
  const [[left, right], [top, bottom]] = [inside(from[0], dx, width), inside(from[1], dy, height)];
  const end = Math.min(1, right, bottom) * length;
  for (let i = Math.ceil(Math.max(0, left, top) * length); i <= end; i += step) {
    const dot = [from[0] + (i / length) * dx, from[1] + (i / length) * dy] as const;
    if (within(plot, dot)) screen.dot(column * DOTS[0] + dot[0], row * DOTS[1] + dot[1], color);
  }
}

/** Between which shares of its way a dot that starts at `from` and goes `d` is within [0, size]. */
function inside(from: number, d: number, size: number): readonly [number, number] {
  if (d === 0) return from >= 0 && from <= size ? [0, 1] : [1, 0];
  const [a, b] = [-from / d, (size - from) / d];
  return [Math.min(a, b), Math.max(a, b)];
}

const within = ({ width, height }: Plot, [x, y]: Dot): boolean => x >= 0 && y >= 0 && x < width && y < height;

export function dotOf([px, py]: Point, { x, y }: Plot): Dot | null {
  const [left, top] = [x.at(px), y.at(py)];
  return left === null || top === null ? null : [left, top];
}
