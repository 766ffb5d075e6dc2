import { join } from "node:path";
import { DataError } from "../../src/files/index.ts";
import { freeSpace } from "../../src/files/node/index.ts";
import type { Model } from "../../src/nn/index.ts";
import { format } from "../../src/report/index.ts";
import type { TrajectoryPlan, TrajectoryPoint } from "../../src/train/index.ts";
import { pointCount } from "../../src/train/index.ts";
import { keepPoint, pointBytes, TRAJECTORY } from "../../src/train/trajectory/node/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";

/** What is kept of a run's way, and where. */
export interface KeptTrajectory {
  readonly folder: string;
  readonly points: number;
}

/**
 * The points of a run's trajectory, in its folder. A full disk does not end the run, and the points leave room for the net: then the
 * trajectory ends early, and `failure` has the reason.
 */
export class TrajectoryFiles {
  readonly #model: Model;
  readonly #early: TrajectoryPoint[] = [];
  #folder: string | undefined;
  #points = 0;
  #failure: unknown;

  constructor(model: Model) {
    this.#model = model;
  }

  /** What was kept; undefined before there is a folder. */
  get kept(): KeptTrajectory | undefined {
    return this.#folder === undefined ? undefined : { folder: this.#folder, points: this.#points };
  }

  /** Why points are missing; undefined if none are. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Names the run's folder, and writes the points that came before it was made. */
  open(run: string): void {
    this.#folder = join(run, TRAJECTORY);
    for (const point of this.#early.splice(0)) this.keep(point);
  }

  keep(point: TrajectoryPoint): void {
    const folder = this.#folder;
    if (folder === undefined) this.#early.push(point);
    if (folder === undefined || this.#failure !== undefined) return;
    try {
      this.#leaveRoom(point, folder);
      keepPoint(point, this.#model, folder);
      this.#points++;
    } catch (error) {
      this.#failure = error;
    }
  }

  /** The net comes last, and is as large as a point. */
  #leaveRoom({ step, w }: TrajectoryPoint, folder: string): void {
    const needed = 2 * pointBytes(this.#model, w instanceof Float32Array ? "f32" : "f64");
    const free = freeSpace(folder);
    if (free === undefined || free >= needed) return;
    throw new DataError(
      folder,
      `the disk has ${format.bytes(free)} left, so the trajectory ends before step ${step}`,
      "make room, or keep fewer points",
    );
  }
}

/** From this many bytes on, what a trajectory takes is told beforehand. */
const LARGE = 1e8;

/** What the length of a trajectory depends on. */
interface Subject {
  readonly model: Model;
  readonly dtype: "f32" | "f64";
  readonly length: { readonly steps: number; readonly stepsPerEpoch: number };
}

/**
 * Says before anything is computed how much of the disk a trajectory takes, if that is much.
 *
 * @throws UsageError if no folder is wanted; DataError if the disk has no room for it
 */
export function checkTrajectoryRoom(
  settings: Settings,
  plan: TrajectoryPlan,
  { model, dtype, length }: Subject,
  progress: Progress,
): void {
  const root = settings.get(flags.out);
  if (root === undefined)
    throw new UsageError("--trajectory and --no-out: the points are kept in the run's folder; leave --no-out out");
  const [points, each] = [pointCount(plan, length), pointBytes(model, dtype)];
  const words = `${format.count(points)} points of ${format.bytes(each)} take ${format.bytes(points * each)}`;
  const free = freeSpace(root);
  if (free !== undefined && points * each > free)
    throw new DataError(
      root,
      `the trajectory does not fit: up to ${words}, and the disk has ${format.bytes(free)} left`,
      `keep fewer points, such as --trajectory every=${format.setting(Math.ceil(length.steps / 50))}, or choose another --out`,
    );
  if (points * each >= LARGE) progress.note(`--trajectory: up to ${words} in ${root}`);
}
