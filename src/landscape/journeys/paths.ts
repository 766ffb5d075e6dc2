import {
  checkFunction,
  checkList,
  checkNumber,
  checkOptions,
  cut,
  domains,
  isOptions,
  quoteValue,
} from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { Awaitable } from "../../objective/index.ts";
import { checkVector } from "../checks/vectors.ts";
import type { Direction } from "../directions/direction.ts";
import type { Measured, PlanePath } from "../slices/landscape.ts";
import { type ComponentOptions, principalComponents } from "./principal-components.ts";
import { type PlaneAxes, placeIn, projector } from "./projection.ts";

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
 * points count the same, so a way with more points, or a longer one, counts more. Throws as `principalComponents` does, and a
 * RangeError if there is no way, or one without points.
 */
export function trajectoryPlane(
  trajectories: readonly Trajectory[],
  options: Pick<ComponentOptions, "origin"> = {},
): TrajectoryPlane {
  checkTrajectories("trajectoryPlane", trajectories);
  checkOptions("trajectoryPlane", options, ["origin"], 'trajectoryPlane(trajectories, { origin: "mean" })');
  const { origin = trajectories[0].points.at(-1)?.w } = options;
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
 * Where both differ, the way runs over another landscape than the plane's; the distance says how far away. Throws a TypeError for
 * anything but a plane, ways and a meter, and a RangeError if the points do not have the plane's length or are not finite.
 */
export async function pathsOn(
  plane: PlaneAxes,
  trajectories: readonly Trajectory[],
  meter: PathMeter,
  options: PathOptions = {},
): Promise<PlanePath[]> {
  checkTrajectories("pathsOn", trajectories);
  if (!isOptions(meter)) throw new TypeError(`pathsOn: the meter is ${quoteValue(meter)}; give { measure(w, s) }`);
  checkFunction("pathsOn: the meter's measure", meter.measure);
  checkOptions("pathsOn", options, ["onPoint", "signal"], "pathsOn(plane, trajectories, meter, { onPoint })");
  const { onPoint, signal } = options;
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
      onPlane.push((await meter.measure(placeIn(plane, places[i].x, places[i].y))).loss);
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

function checkTrajectories(what: string, trajectories: readonly Trajectory[]): void {
  checkList(`${what}: the trajectories`, trajectories, EXAMPLE);
  if (trajectories.length === 0) throw new RangeError(`${what}: there are no trajectories; give at least one`);
  for (const given of trajectories) {
    if (!(isOptions(given) && typeof given.name === "string"))
      throw new TypeError(`${what}: a trajectory is ${quoteValue(given)}; give { name, points }`);
    const { name, points } = given;
    checkList(`${what}: the points of ${cut(name)}`, points, "[{ step: 0, w }]");
    if (points.length === 0) throw new RangeError(`${what}: ${cut(name)} has no points; give at least one`);
    for (const [k, point] of points.entries()) {
      if (!isOptions(point))
        throw new TypeError(`${what}: point ${k} of ${cut(name)} is ${quoteValue(point)}; give { step, w }`);
      checkNumber(`${what}: the step of point ${k} of ${cut(name)}`, point.step, domains.notNegative);
      checkVector(`${what}: point ${k} of ${cut(name)}`, point.w);
    }
  }
}

const EXAMPLE = '[{ name: "adam", points: [{ step: 0, w }] }]';
