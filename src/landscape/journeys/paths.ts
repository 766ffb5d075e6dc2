import type { Vector } from "../../expr/index.ts";
import type { Awaitable } from "../../objective/index.ts";
import type { Direction } from "../directions/direction.ts";
import type { Measured, PlanePath } from "../slices/landscape.ts";
import { type ComponentOptions, principalComponents } from "./principal-components.ts";
import { type PlaneAxes, pointAt, projector } from "./projection.ts";

/** The way that one run took. */
export interface Trajectory {
  /** Who took it, such as "adam". */
  readonly name: string;
  /** The kept points, in the order of their steps. */
  readonly points: readonly PathPoint[];
}

/** A kept point of a way. */
export interface PathPoint {
  /** Steps taken until there. */
  readonly step: number;
  /** All parameters. */
  readonly w: Vector;
  /** The model's state there, such as running means. */
  readonly s?: Vector;
}

/** The plane that lies closest to some ways. */
export interface TrajectoryPlane extends PlaneAxes {
  readonly origin: Float64Array;
  /** Orthonormal, with the share of the ways that each explains. */
  readonly directions: readonly [Direction, Direction];
}

const ORDINALS = ["1st", "2nd"] as const;

/**
 * The plane of the first two principal components of all points of some ways, seen from one point: by default the end of the first way. All
 * points count the same, so a way with more points, or a longer one, counts more. Throws a RangeError as `principalComponents` does, and
 * if there is no way.
 */
export function trajectoryPlane(
  trajectories: readonly Trajectory[],
  { origin = trajectories[0]?.points.at(-1)?.w }: Pick<ComponentOptions, "origin"> = {},
): TrajectoryPlane {
  const points = trajectories.flatMap((each) => each.points.map(({ w }) => w));
  const found = principalComponents(points, { ...(origin !== undefined && { origin }), count: 2 });
  const whose = trajectories.length === 1 ? "the path" : "the paths";
  const axis = (k: 0 | 1): Direction => {
    const explained = found.explained[k];
    const label = `${ORDINALS[k]} principal component, ${(100 * explained).toFixed(1)} % of ${whose}`;
    return { facts: { kind: "trajectory", length: 1, label, explained }, vector: found.axes[k] };
  };
  return { origin: found.origin, directions: [axis(0), axis(1)] };
}

/** Measures the loss on some examples; `weightsMeter` makes one. */
export interface PathMeter {
  /**
   * What the net does at w. With the point of a way comes its model's state; with a point of the plane comes none: then it is the state of
   * the plane's origin, or one that is measured anew, as for the rest of the plane.
   */
  measure(w: Float64Array, s?: Vector): Awaitable<Measured>;
}

/** What is told on the way. */
export interface PathOptions {
  /** Is called after each point. */
  readonly onPoint?: (done: number, total: number) => void;
  /** Throws its reason between two points once it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Ways as they are seen in a plane: the projections of their points, the true loss at each point, and what the plane shows in its place.
 * Where both differ, the way runs over another landscape than the plane's; the distance says how far away. Throws a RangeError if the
 * points do not have the plane's length.
 */
export async function pathsOn(
  plane: PlaneAxes,
  trajectories: readonly Trajectory[],
  meter: PathMeter,
  { onPoint, signal }: PathOptions = {},
): Promise<PlanePath[]> {
  const project = projector(plane);
  const total = trajectories.reduce((sum, { points }) => sum + points.length, 0);
  const paths: PlanePath[] = [];
  let done = 0;
  for (const { name, points } of trajectories) {
    const places = points.map(({ w }) => project(w));
    const [loss, onPlane]: (number | null)[][] = [[], []];
    for (const [i, { w, s }] of points.entries()) {
      signal?.throwIfAborted();
      loss.push((await meter.measure(Float64Array.from(w), s)).loss);
      onPlane.push((await meter.measure(pointAt(plane, places[i].x, places[i].y))).loss);
      onPoint?.(++done, total);
    }
    paths.push({
      name,
      x: places.map(({ x }) => x),
      y: places.map(({ y }) => y),
      steps: points.map(({ step }) => step),
      ...{ loss, onPlane },
      distance: places.map(({ distance }) => distance),
    });
  }
  return paths;
}
