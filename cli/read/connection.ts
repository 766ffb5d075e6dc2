import type { Dataset } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import {
  type Connection,
  connect,
  type Direction,
  pointAt,
  type Trajectory,
  type TrajectoryPlane,
} from "../../src/landscape/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { defaults } from "../../src/train/index.ts";
import { lengthOf, methodFrom } from "../../src/train/plain/index.ts";
import * as flags from "../flags/index.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { bar, type Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";
import { gridAround, type Journeys } from "./journeys.ts";
import { chosenOptimizer } from "./optimizer.ts";
import type { SliceShape } from "./slice-plan.ts";
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
  readonly device: Device;
  readonly progress: Progress;
  readonly io: Io;
}

/** Trains the curve as the first run was trained, or with Adam where that was by a solver, and finds its plane. */
export async function connectedBy({ runs, shape, data, device, progress, io }: Given): Promise<Connected> {
  const [{ net, ...run }, { net: other }] = runs;
  const own = chosenOptimizer(run.settings, { optimizer: "adam" });
  const epochs = run.settings.get(flags.epochs) ?? defaults.epochs;
  const batchSize = run.batchSize > 1 ? run.batchSize : defaults.batchSize;
  const { steps } = lengthOf({ optimizer: { rule: "adam" }, epochs, batchSize }, data.train.count);
  const connection = await connect({
    ...{ model: net.model, data, ends: [net.w, other.w], device, epochs, batchSize, signal: io.signal },
    optimizer: "rule" in own ? methodFrom(own, steps) : adam({ lr: 0.01 }),
    ...(run.settings.has(flags.l2) && { l2: run.settings.value(flags.l2) }),
    onEvent: (event) => {
      if (event.kind === "batch") progress.live(() => `${bar(event.step / steps)}  the curve's training`);
    },
  });
  progress.clear();
  const { plane, path, positions } = connection;
  // As between any two nets: x is 1 at the second.
  const [length] = path[path.length - 1];
  const axis = (vector: Float64Array, label: string): Direction => ({
    facts: { kind: "between", length, label },
    vector: vector.map((value) => length * value),
  });
  const axes: TrajectoryPlane = {
    origin: plane.origin,
    directions: [axis(plane.along, "from one net to the other"), axis(plane.across, "to the curve's bend, as long")],
  };
  const curve: Trajectory = {
    name: "curve",
    points: positions.map((_, step) => ({ step, w: pointAt(axes, path[step][0] / length, path[step][1] / length) })),
  };
  return { connection, trajectories: [curve], plane: axes, grid: gridAround(axes, [curve], shape.grid) };
}
