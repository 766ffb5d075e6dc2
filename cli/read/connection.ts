import type { Dataset, Examples } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import {
  type Connection,
  connect,
  type Direction,
  evenGrid,
  type Grid,
  pointAt,
  projector,
  type Trajectory,
  type TrajectoryPlane,
} from "../../src/landscape/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { defaults } from "../../src/train/index.ts";
import { lengthOf, methodFrom } from "../../src/train/plain/index.ts";
import * as flags from "../flags/index.ts";
import type { Io } from "../io.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";
import { bar, type Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";
import { gridAround, type Journeys } from "./journeys.ts";
import { chosenOptimizer } from "./optimizer.ts";
import type { SliceShape } from "./slice-shape.ts";
import type { SourceRun } from "./source-run.ts";

/** A curve between two nets, as a way in its plane. */
export interface Connected extends Journeys {
  readonly connection: Connection;
}

/** Throws a UsageError where there are not two nets to connect, or where a plane is not wanted. */
export function checkConnect(settings: Settings, runs: readonly SourceRun[]): void {
  if (runs.length !== 2)
    throw new UsageError(
      `--connect: ${runs.length === 1 ? "one run was" : `${runs.length} runs were`} given; give two`,
    );
  for (const flag of [flags.line, flags.directions, flags.range])
    if (settings.has(flag))
      throw new UsageError(
        `--connect and --${flag.name}: the curve lies in a plane of its own; leave --${flag.name} out`,
      );
}

/** What a curve is trained with. */
interface Given {
  readonly runs: readonly SourceRun[];
  readonly shape: SliceShape;
  readonly data: Dataset;
  /** Those on which the curve and the line are measured: the slice's. */
  readonly examples: Examples;
  readonly device: Device;
  readonly progress: Progress;
  readonly io: Io;
}

/** Trains the curve as the first run was trained, or with Adam where that was by a solver, and finds its plane. */
export async function connectedBy({ runs, shape, data, examples, device, progress, io }: Given): Promise<Connected> {
  const [{ net, ...run }, { net: other }] = runs;
  const own = chosenOptimizer(run.settings, { optimizer: "adam" });
  const epochs = run.settings.get(flags.epochs) ?? defaults.epochs;
  const batchSize = run.batchSize > 1 ? run.batchSize : defaults.batchSize;
  const maxSteps = run.settings.get(flags.maxSteps);
  const length = { epochs, batchSize, ...(maxSteps !== undefined && { maxSteps }) };
  const { steps } = lengthOf({ optimizer: { rule: "adam" }, ...length }, data.train.count);
  const connection = await connect({
    ...{ model: net.model, data, ends: [net.w, other.w], examples, device, signal: io.signal, ...length },
    optimizer: "rule" in own ? methodFrom(own, steps) : adam({ lr: 0.01 }),
    ...(run.settings.has(flags.l2) && { l2: run.settings.value(flags.l2) }),
    ...(run.settings.has(flags.augment) && { augment: run.settings.value(flags.augment) }),
    onEvent: (event) => {
      if (event.kind === "batch") progress.live(() => `${bar(event.step / steps)}  the curve's training`);
    },
  });
  progress.clear();
  const { plane, path, positions, outcome } = connection;
  if (outcome.kind === "diverged")
    throw new Failure(
      `the curve's training diverged, by the settings of ${run.path}: ${outcome.reason}; give nets that were trained with a smaller --lr`,
    );
  // As between any two nets: x is 1 at the second.
  const [distance] = path[path.length - 1];
  const axis = (vector: Float64Array, label: string): Direction => ({
    facts: { kind: "between", length: distance, label },
    vector: vector.map((value) => distance * value),
  });
  const axes: TrajectoryPlane = {
    origin: plane.origin,
    directions: [axis(plane.along, "from one net to the other"), axis(plane.across, "to the curve's bend, as long")],
  };
  const curve: Trajectory = {
    name: "curve",
    points: positions.map((_, step) => ({
      step,
      w: pointAt(axes, path[step][0] / distance, path[step][1] / distance),
    })),
  };
  return { connection, trajectories: [curve], plane: axes, grid: gridWith(axes, curve, shape.grid) };
}

/** How far windows reach beyond both nets, in quarters of their distance: 25 points along such an axis have both nets among them. */
const BEYOND = [1, 2, 4, 10];

/** The room around a curve, as a part of the nets' distance. */
const ROOM = 0.1;

/**
 * A square window with round ends around two nets and their curve, so that x and y have one scale; with both nets among its points where so many
 * points along x have a window of the kind that is at most twice as wide as need be. Around a curve that goes far it is as around ways.
 */
export function gridWith(plane: TrajectoryPlane, curve: Trajectory, grid: Grid): Grid {
  const places = curve.points.map(({ w }) => w).map(projector(plane));
  const [along, up] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [lowest, highest] = [Math.min(0, ...up) - ROOM, Math.max(0, ...up) + ROOM];
  const windows = BEYOND.flatMap((quarters) => {
    const [low, high] = [-quarters / 4, 1 + quarters / 4];
    const size = high - low;
    const bottom = Math.floor(2 * (lowest + highest - size)) / 4;
    const holds = Math.min(...along) >= low && Math.max(...along) <= high;
    return holds && bottom <= lowest && bottom + size >= highest ? [{ low, high, bottom, size }] : [];
  });
  if (windows.length === 0) return gridAround(plane, [curve], grid);
  const hasNets = ({ low, size }: (typeof windows)[number]): boolean =>
    size <= 2 * windows[0].size && Number.isInteger((-low * (grid.x.length - 1)) / size);
  const { low, high, bottom, size } = windows.find(hasNets) ?? windows[0];
  return evenGrid({ x: [low, high], columns: grid.x.length, y: [bottom, bottom + size], rows: grid.y.length });
}
