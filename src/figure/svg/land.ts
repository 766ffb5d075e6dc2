import type { Point } from "../axis.ts";
import type { Spot } from "./place.ts";

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
