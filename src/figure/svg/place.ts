import type { Point } from "../axis.ts";
import type { Scale } from "../scale.ts";
import { round } from "./element.ts";

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

/** The landscape of a panel, for the marks that lie on it. */
export interface Land {
  /** The share of the ramp's colours for a height; null for a hole. */
  readonly share: (height: number) => number | null;
  /** Of a surface in space: where marks on it are seen. Null where it is seen from above, by the axes. */
  readonly space: Space | null;
}

/** Places above the floor of a surface; heights are shares of the box: 0 at its floor, 1 at its ceiling. */
export interface Space {
  /** The surface's height at a point; NaN in a hole and outside. */
  readonly ground: (point: Point) => number;
  /** Where a place in the box is seen; null outside the box. */
  readonly see: (point: Point, height: number) => Sight | null;
  /** The facets between two points, about. */
  readonly facets: (from: Point, to: Point) => number;
}

export interface Sight {
  readonly spot: Spot;
  /** Whether a part of the surface lies before it. */
  readonly hidden: boolean;
}

/** A spot as paths have it. */
export const written = ([x, y]: Spot): string => `${round(x)},${round(y)}`;

export function spotOf([px, py]: Point, { x, y }: Placed): Spot | null {
  const [left, top] = [x.at(px), y.at(py)];
  return left === null || top === null ? null : [left, top];
}

/** The same, where it lies within the axes. */
export const spotWithin = (point: Point, placed: Placed): Spot | null =>
  placed.x.within(point[0]) && placed.y.within(point[1]) ? spotOf(point, placed) : null;
