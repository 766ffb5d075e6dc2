import { join } from "node:path";
import type { Examples } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import type { Direction, FinishedPoints, Grid, LossSlice, Measured } from "../../src/landscape/index.ts";
import { lossSlice } from "../../src/landscape/node/index.ts";
import { format, several } from "../../src/report/index.ts";
import { PointFile } from "../files/point-file.ts";
import * as flags from "../flags/index.ts";
import { type Io, warn } from "../io.ts";
import { bar, type Progress } from "../print/progress.ts";
import { RecentRate } from "../print/recent-rate.ts";
import { digestOf, digestOfPlain } from "../read/digest.ts";
import type { Normalization, SliceShape } from "../read/slice-plan.ts";
import type { SourceRun } from "../read/source-run.ts";
import type { Settings } from "../settings.ts";
import { version } from "../version.ts";

/** All that slices are made of. */
export interface Ready {
  readonly settings: Settings;
  readonly io: Io;
  readonly progress: Progress;
  readonly runs: readonly SourceRun[];
  readonly shape: SliceShape;
  readonly directions: readonly Direction[];
  /** The data set's name. */
  readonly data: string;
  readonly examples: Examples;
  /** The loss below which a basin lies. */
  readonly level: number;
  readonly normalization: Normalization;
  readonly device: Device;
  /** Threads that measure points. */
  readonly workers: number;
}

/** Measures slices, and keeps their points: in files where there is a folder, else while it is there. */
export class Slicer {
  readonly #ready: Ready;
  readonly #folder: string | undefined;
  readonly #stores = new Map<string, FinishedPoints>();

  constructor(ready: Ready, folder: string | undefined) {
    [this.#ready, this.#folder] = [ready, folder];
  }

  /**
   * A slice along these directions.
   *
   * @param words what it is, for the progress
   */
  slice(directions: readonly Direction[], grid: Grid, words: string, refine = 0): Promise<LossSlice> {
    const { settings, io, progress, runs, data, examples, normalization, device, workers } = this.#ready;
    const [{ net, batchSize }] = runs;
    return lossSlice({
      ...{ net, examples, directions, normalization, device, grid, refine, batchSize, workers, signal: io.signal },
      about: { data, split: settings.value(flags.measuredSplit) },
      finished: this.#store(this.key(directions)),
      onProgress: showing(progress, words),
      onWarning: (message) => warn(io, message),
    });
  }

  /** All that the values depend on, but the grid: finer grids take the points of coarser ones. */
  key(directions: readonly Direction[]): string {
    const { runs, examples, normalization, device } = this.#ready;
    const [{ net, batchSize }] = runs;
    return digestOfPlain({
      ...{ downhill: version(), device: device.name, runtime: device.runtime, batchSize },
      net: digestOf([net.w, net.s]),
      examples: digestOf([examples.inputs, examples.targets, ...(examples.weights ? [examples.weights] : [])]),
      directions: directions.map(({ vector }) => digestOf([vector])),
      normalization: normalization === "frozen" ? normalization : digestOf([normalization.examples.inputs]),
    });
  }

  /** Throws what could not be written, if anything. */
  close(): void {
    const failures: unknown[] = [];
    for (const store of this.#stores.values())
      try {
        if (store instanceof PointFile) store.close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }

  #store(key: string): FinishedPoints {
    const known = this.#stores.get(key);
    if (known !== undefined) return known;
    const store = this.#folder === undefined ? inMemory() : this.#file(join(this.#folder, `points-${key}.jsonl`));
    this.#stores.set(key, store);
    return store;
  }

  #file(path: string): PointFile {
    const file = new PointFile(path);
    if (file.kept > 0) this.#ready.progress.note(`${several(file.kept, "point")} measured before: ${path}`);
    return file;
  }
}

function inMemory(): FinishedPoints {
  const points = new Map<string, Measured>();
  return {
    find: (x, y) => points.get(`${x},${y}`),
    keep: (x, y, measured) => void points.set(`${x},${y}`, measured),
  };
}

/** How far it is, and the time left. */
function showing(progress: Progress, words: string): (done: number, total: number) => void {
  const rate = new RecentRate();
  return (done, total) => {
    const left = rate.left(done / total);
    const time = Number.isNaN(left) ? "" : `${format.timeLeft(left)} left  `;
    progress.live(() => `${bar(done / total)}  ${time}${words}: ${format.count(done)} of ${several(total, "point")}`);
  };
}
