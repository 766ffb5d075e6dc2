import { basename, join } from "node:path";
import { DataError } from "../../src/files/index.ts";
import {
  evenGrid,
  type Grid,
  type Interval,
  projector,
  type Trajectory,
  type TrajectoryPlane,
  trajectoryPlane,
} from "../../src/landscape/index.ts";
import { format, listedShort } from "../../src/report/index.ts";
import { keptSteps, readTrajectory, TRAJECTORY } from "../../src/train/trajectory/node/index.ts";
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
  for (const run of runs) checkWhole(run);
  const trajectories = runs.map((run) => ({
    name: nameOf(run, runs),
    points: readTrajectory(run.path, run.net.model, { most: MOST }),
  }));
  const plane = planeOf(trajectories, net.w, path);
  return { trajectories, plane, grid: settings.has(flags.range) ? grid : gridAround(plane, trajectories, grid) };
}

/** The most steps that a message names. */
const NAMED = 5;

/** Throws a DataError for a run from whose way points are missing that it has kept; a way that ends early, as on a full disk, is whole. */
function checkWhole({ path, settings, record }: SourceRun): void {
  const plan = settings.get(flags.trajectory);
  const kept = keptSteps(path);
  const last = kept.at(-1);
  if (plan === undefined || last === undefined) return;
  const { every, unit = "steps" } = plan;
  const due =
    unit === "steps"
      ? Array.from({ length: Math.floor(last / every) + 1 }, (_, k) => k * every)
      : [0, ...(record?.epochs ?? []).filter(({ epoch }) => epoch % every === 0).map(({ steps }) => steps)];
  const missing = due.filter((step) => step < last && !kept.includes(step));
  if (missing.length === 0) return;
  const isOne = missing.length === 1;
  const words = listedShort(
    missing.map((step) => format.count(step)),
    NAMED,
  );
  throw new DataError(
    join(path, TRAJECTORY),
    isOne ? `the point of step ${words} is missing` : `the points of steps ${words} are missing`,
    `put the ${isOne ? "file" : "files"} back, or train the run again`,
  );
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
