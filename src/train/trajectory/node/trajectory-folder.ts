import { join } from "node:path";
import { checkNumber, whole } from "../../../arguments/index.ts";
import { DataError, setting } from "../../../files/index.ts";
import { makeFolder } from "../../../files/node/index.ts";
import type { Model } from "../../../nn/index.ts";
import type { TrajectoryPoint } from "../plan.ts";
import { pointFiles, readPoint, type SavedPoint, stepOf, writePoint } from "./point-file.ts";

/** The folder of a run's folder that holds the points of its trajectory. */
export const TRAJECTORY = "trajectory";

/**
 * Writes a point of a trajectory to a folder, which is made if needed: a safetensors file with a tensor for each parameter and each tensor
 * of the state. Written again, a point replaces itself. Returns the file's path. Throws a RangeError if the point does not have the model's
 * length, and a DataError if the file cannot be written.
 */
export function keepPoint(point: TrajectoryPoint, model: Model, folder: string): string {
  makeFolder(folder);
  return writePoint(point, model, folder);
}

/** Which points `readTrajectory` reads. */
export interface TrajectoryOptions {
  /** The most points: of more, evenly spaced ones are taken, with the first and the last. Default: all. */
  readonly most?: number;
}

/**
 * The points that a run has kept, in the order of their steps. Throws a DataError if there are none, or if one cannot be read, and a
 * MismatchError if they are another model's.
 *
 * @param folder a run's folder, or the folder of the points themselves
 */
export function readTrajectory(folder: string, model: Model, { most }: TrajectoryOptions = {}): readonly SavedPoint[] {
  if (most !== undefined) checkNumber("most", most, whole(2));
  const files = filesIn(folder);
  if (files === undefined)
    throw new DataError(
      folder,
      "it has no points of a trajectory",
      `train with ${setting("--trajectory every=50", "the option trajectory: { every: 50 }, and save what onPoint gets")}`,
    );
  return spread(files, most).map((file) => readPoint(file, model));
}

/** The steps whose points a run has kept, in ascending order, as the files' names tell them; see `readTrajectory`. */
export const keptSteps = (folder: string): number[] => (filesIn(folder) ?? []).map(stepOf);

const filesIn = (folder: string): string[] | undefined =>
  [join(folder, TRAJECTORY), folder].map((place) => pointFiles(place) ?? []).find(({ length }) => length > 0);

/** At most so many of a list, evenly spaced, with the first and the last. */
function spread<T>(all: readonly T[], most = all.length): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]);
}
