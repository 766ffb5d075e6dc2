import type { Vector } from "./light.ts";

/** From where a surface is seen. */
export interface View {
  /** Degrees that the eye has gone round to the right, from in front of the surface: 0 looks along the y axis. */
  readonly azimuth: number;
  /** Degrees of the eye above the horizon. */
  readonly elevation: number;
}

/** A place on the picture, from its middle: to the right and down. */
type Shown = readonly [x: number, y: number];

export interface Camera {
  readonly eye: Vector;
  /** Where a place is seen, in perspective, for an eye at distance 1. */
  readonly show: (place: Vector) => Shown;
}

/** The eye's distance from the middle of a surface that is 1 wide: near enough for depth, far enough that what is near does not bulge. */
const DISTANCE = 2.6;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A camera that looks at the middle of a box 1 wide, 1 deep and `relief` high, whose floor has its middle at the origin. */
export function cameraAt({ azimuth, elevation }: View, relief: number): Camera {
  const [a, e] = [radians(azimuth), radians(elevation)];
  const back: Vector = [Math.cos(e) * Math.sin(a), -Math.cos(e) * Math.cos(a), Math.sin(e)];
  const right: Vector = [Math.cos(a), Math.sin(a), 0];
  const up: Vector = [-Math.sin(e) * Math.sin(a), Math.sin(e) * Math.cos(a), Math.cos(e)];
  const middle = relief / 2;
  const along = (axis: Vector, [x, y, z]: Vector): number => axis[0] * x + axis[1] * y + axis[2] * (z - middle);
  return {
    eye: [DISTANCE * back[0], DISTANCE * back[1], DISTANCE * back[2] + middle],
    show: (place) => {
      const depth = Math.max(0.1, DISTANCE - along(back, place));
      return [along(right, place) / depth, -along(up, place) / depth];
    },
  };
}

/** The direction to the sun for a viewer: from behind, over the left shoulder or the right, and `elevation` degrees high. */
export function sunFrom(azimuth: number, elevation: number): Vector {
  const [a, e] = [radians(azimuth), radians(elevation)];
  return [Math.cos(e) * Math.sin(a), -Math.cos(e) * Math.cos(a), Math.sin(e)];
}
