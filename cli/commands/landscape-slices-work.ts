import { join } from "node:path";
import type { Examples } from "../../src/data/index.ts";
import { type Device, stoppable } from "../../src/device/index.ts";
import { dtypeOf } from "../../src/expr/index.ts";
import { fraction, nullable, number, object, optional, type Schema } from "../../src/files/schema/index.ts";
import {
  type Direction,
  type FinishedPoints,
  type Grid,
  type LossSlice,
  lazyMeter,
  type Measured,
  type PointMeter,
  pointMeter,
} from "../../src/landscape/index.ts";
import { lossSlice } from "../../src/landscape/node/index.ts";
import { modelToJson, type Trained } from "../../src/nn/index.ts";
import { NetObjective } from "../../src/objective/index.ts";
import { format, several } from "../../src/report/index.ts";
import { PointFile } from "../files/point-file.ts";
import * as flags from "../flags/index.ts";
import { type Io, warn } from "../io.ts";
import { bar, type Progress } from "../print/progress.ts";
import { RecentRate } from "../print/recent-rate.ts";
import { digestOf, digestOfPlain } from "../read/digest.ts";
import { HESSIAN_CHUNK } from "../read/slice-examples.ts";
import type { Normalization } from "../read/slice-normalization.ts";
import type { SliceShape } from "../read/slice-shape.ts";
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

/** The loss of the first net over some of the examples, with products of its Hessian; batch normalisation is frozen. */
export function hessianObjective({ runs: [{ net }], device, io }: Ready, examples: Examples): NetObjective {
  const { model, w, s: state } = net;
  const stopped = stoppable(device, io.signal);
  return new NetObjective({ model, examples, state, device: stopped, dtype: dtypeOf(w), chunk: HESSIAN_CHUNK });
}

/** What is kept of a point of a slice. */
const measured = object<Measured>({ loss: nullable(number), accuracy: optional(fraction) });

/** What is measured in place of the run's net on the slice's examples. */
interface Other {
  readonly net?: Pick<Trained, "model" | "w" | "s">;
  readonly examples?: Examples;
}

/** Measures slices, and keeps their points: in files where there is a folder, else while it is there. */
export class Slicer {
  readonly #ready: Ready;
  readonly #folder: string | undefined;
  readonly #stores = new Map<string, FinishedPoints>();
  readonly #files: { close(): void }[] = [];
  #hasTold = false;

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
  key(
    directions: readonly Direction[],
    { net = this.#ready.runs[0].net, examples = this.#ready.examples }: Other = {},
  ): string {
    const { runs, normalization, device } = this.#ready;
    const [{ batchSize }] = runs;
    return digestOfPlain({
      ...{ downhill: version(), device: device.name, runtime: device.runtime, batchSize },
      model: modelToJson(net.model),
      net: digestOf([net.w, ...(net.s ? [net.s] : [])]),
      examples: digestOf([examples.inputs, examples.targets, ...(examples.weights ? [examples.weights] : [])]),
      directions: directions.map(({ vector }) => digestOf([vector])),
      normalization: normalization === "frozen" ? normalization : digestOf([normalization.examples.inputs]),
    });
  }

  /**
   * The net, or another, on other examples at points of the slice, of which those that are kept are not measured again.
   */
  meter(directions: readonly Direction[], other: Other): PointMeter {
    const { runs, examples, normalization, device } = this.#ready;
    const [{ net, batchSize }] = runs;
    const store = this.#store(this.key(directions, other));
    const vectors = directions.map(({ vector }) => vector);
    const meter = lazyMeter(() =>
      pointMeter({ ...{ net, examples, normalization, device, batchSize }, ...other }, vectors),
    );
    return {
      measure: async (x, y) => {
        const known = store.find(x, y);
        if (known !== undefined) return known;
        const found = await meter.measure(x, y);
        store.keep(x, y, found);
        return found;
      },
      dispose: () => meter.dispose(),
    };
  }

  /** A file of points in the folder, which `close` closes; undefined if there is no folder. */
  file<T extends object>(name: string, schema: Schema<T>): PointFile<T> | undefined {
    if (this.#folder === undefined) return undefined;
    const file = new PointFile(join(this.#folder, name), schema);
    this.#files.push(file);
    if (file.refused > 0)
      this.#ready.progress.note(
        `${several(file.refused, "line")} that ${file.refused === 1 ? "was" : "were"} cut short, changed, or another file's: measured again, and taken out of ${file.file}`,
      );
    if (file.kept > 1) this.#tellOfKept(this.#folder);
    return file;
  }

  /** Once: there is a file for each pair of directions, and more. */
  #tellOfKept(folder: string): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    this.#ready.progress.note(`points that were measured before are taken from ${folder}`);
  }

  /** Throws what could not be written, if anything. */
  close(): void {
    const failures: unknown[] = [];
    for (const file of this.#files)
      try {
        file.close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }

  #store(key: string): FinishedPoints {
    const known = this.#stores.get(key);
    if (known !== undefined) return known;
    const store = this.file(`points-${key}.jsonl`, measured) ?? inMemory();
    this.#stores.set(key, store);
    return store;
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
export function showing(progress: Progress, words: string): (done: number, total: number) => void {
  const rate = new RecentRate();
  return (done, total) => {
    const left = rate.left(done / total);
    const time = Number.isNaN(left) ? "" : `${format.timeLeft(left)} left  `;
    progress.live(() => `${bar(done / total)}  ${time}${words}: ${format.count(done)} of ${several(total, "point")}`);
  };
}
