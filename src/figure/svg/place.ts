import type { Point } from "../axis.ts";
import type { Scale } from "../scale.ts";
import { round } from "./element.ts";
import type { Land } from "./land.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The plot of a panel, between its axes, with scales in pixels of the plot. */
export interface Placed {
  readonly plot: Box;
  readonly x: Scale;
  readonly y: Scale;
  /** The landscape below the marks, where the panel has one. */
  readonly land?: Land;
}

/** Pixels to the right and down from the upper left corner of the plot. */
export type Spot = readonly [x: number, y: number];

/** A spot as paths have it. */
export const written = ([x, y]: Spot): string => `${round(x)},${round(y)}`;

export function spotOf([px, py]: Point, { x, y }: Placed): Spot | null {
  const [left, top] = [x.at(px), y.at(py)];
  return left === null || top === null ? null : [left, top];
}

/** The same, where it lies within the axes. */
export const spotWithin = (point: Point, placed: Placed): Spot | null =>
  placed.x.within(point[0]) && placed.y.within(point[1]) ? spotOf(point, placed) : null;
