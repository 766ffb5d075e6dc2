import { basename } from "node:path";
import {
  evenGrid,
  type Grid,
  type Interval,
  projector,
  type Trajectory,
  type TrajectoryPlane,
  trajectoryPlane,
} from "../../src/landscape/index.ts";
import { readTrajectory } from "../../src/train/trajectory/node/index.ts";
import * as flags from "../flags/index.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import type { SliceShape } from "./slice-shape.ts";
import type { SourceRun } from "./source-run.ts";

/** The ways of some runs, the plane that lies closest to them, and a grid over their part of it. */
export interface Journeys {
  readonly trajectories: readonly Trajectory[];
  readonly plane: TrajectoryPlane;
  readonly grid: Grid;
}

/** The most points of a way: more cannot be told apart, and their products take long. */
const MOST = 60;

/** The room around ways, as a part of their extent. */
const MARGIN = 0.2;

/**
 * Reads the ways of runs; the plane goes through the net of the first.
 *
 * @throws UsageError for a line; DataError for a run that has kept no points; Failure where its points do not span a plane
 */
export function journeysOf(settings: Settings, runs: readonly SourceRun[], { grid }: SliceShape): Journeys {
  if (settings.get(flags.line) === true)
    throw new UsageError("--line and --directions trajectory: a way is shown in a plane; leave --line out");
  const [{ net, path }] = runs;
  const trajectories = runs.map((run) => ({
    name: nameOf(run, runs),
    points: readTrajectory(run.path, run.net.model, { most: MOST }),
  }));
  const plane = planeOf(trajectories, net.w, path);
  return { trajectories, plane, grid: settings.has(flags.range) ? grid : gridAround(plane, trajectories, grid) };
}

/** The optimizer; where several runs have the same, the folder, too. */
function nameOf(run: SourceRun, runs: readonly SourceRun[]): string {
  const optimizer = optimizerOf(run);
  const isOnly = runs.filter((each) => optimizerOf(each) === optimizer).length === 1;
  return isOnly ? optimizer : `${optimizer}, ${basename(run.path)}`;
}

const optimizerOf = ({ record, settings }: SourceRun): string =>
  record?.optimizer ?? settings.get(flags.optimizer) ?? "the run";

function planeOf(trajectories: readonly Trajectory[], origin: TrajectoryPlane["origin"] | Float32Array, path: string) {
  try {
    return trajectoryPlane(trajectories, { origin });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(
      `${path}: its points do not span a plane: ${error.message}; train with a smaller step, such as --trajectory every=10`,
      { cause: error },
    );
  }
}

/** As many points as the grid has, over the window of the ways. */
export function gridAround(plane: TrajectoryPlane, trajectories: readonly Trajectory[], { x, y }: Grid): Grid {
  const places = trajectories.flatMap(({ points }) => points.map(({ w }) => w)).map(projector(plane));
  const window = (of: readonly number[]): Interval => {
    const [low, high] = [Math.min(0, ...of), Math.max(0, ...of)];
    return [low - MARGIN * (high - low), high + MARGIN * (high - low)];
  };
  const [across, up] = [window(places.map((place) => place.x)), window(places.map((place) => place.y))];
  return evenGrid({ x: across, columns: x.length, y: up, rows: y.length });
}
