import {
  checkChoice,
  checkFunction,
  checkNumber,
  checkOptions,
  checkText,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import { checkDirections, type Direction } from "../directions/direction.ts";
import { checkGrid } from "./grid.ts";
import type { Grid, LossSlice, Measured } from "./landscape.ts";
import { type PointMeter, pointMeterOf } from "./point-meter.ts";
import { refined } from "./refine.ts";
import { checkMeter, type MeterOptions, meterOptions } from "./weights-meter.ts";

/** Points that need not be measured again. */
export interface FinishedPoints {
  /** What was measured at a point before; undefined if it was not. */
  find(x: number, y: number): Measured | undefined;
  /** Called with each point as soon as it is measured. */
  keep(x: number, y: number, measured: Measured): void;
}

/** What a slice is made of. */
export interface SliceOptions extends MeterOptions {
  /** One direction of a line, two of a plane. */
  readonly directions: readonly Direction[];
  /** The points to measure; of a line y is [0]. `evenGrid` and `evenLine` make one. */
  readonly grid: Grid;
  /** What the examples are. */
  readonly about: Omit<LossSlice["examples"], "count">;
  /** Shown in titles. Default: the model's name. */
  readonly title?: string;
  /** Rounds in which the grid is made finer where the loss bends; see `refined`. Default 0. */
  readonly refine?: number;
  /** Points that are known. Default: none. */
  readonly finished?: FinishedPoints;
  /** Called after each point with how many of all are measured; those that were known do not count. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work at the next point; the slice then rejects with the signal's reason. What `finished` was told of stays. */
  readonly signal?: AbortSignal;
}

/**
 * Measures loss and accuracy of a net over a line or a plane through its weights. Values that are not finite are null. The values are the
 * same bits whatever else was measured before.
 *
 *     const directions = [0, 1].map((index) => randomDirection(model, w, "filter", { seed: 1, index }));
 *     const about = { data: data.name, split: "train" };
 *     const slice = await lossSlice({ net, examples: data.train, about, device, directions, grid: evenGrid({ columns: 25 }) });
 *
 * Throws a RangeError for a grid of one point or one that does not ascend, for directions of another length than the weights or with numbers that
 * are not finite, for more than two of them, and for an unknown option, normalization or split; a TypeError for options of another kind.
 */
export async function lossSlice(options: SliceOptions): Promise<LossSlice> {
  checkSliceOptions(options);
  checkSlice(options);
  const meter = pointMeterOf(
    options,
    options.directions.map(({ vector }) => vector),
  );
  try {
    return await measureSlice(options, [meter]);
  } finally {
    await meter.dispose();
  }
}

/** The names of a slice's options. */
const names = [
  ...meterOptions,
  ...(["directions", "grid", "about", "title", "refine", "finished", "onProgress", "signal"] as const),
] as const;

/** Throws for anything but options of a slice, and others in `more`. */
export const checkSliceOptions = (options: object, more: readonly string[] = []): void =>
  checkOptions("lossSlice", options, [...names, ...more], EXAMPLE);

const EXAMPLE = "lossSlice({ net, examples: data.train, about, directions, grid: evenGrid() })";

/** Throws for what is not a slice. */
export function checkSlice(options: SliceOptions): void {
  checkMeter("lossSlice", options);
  const { net, directions, grid, about, title, refine = 0, finished } = options;
  checkNumber("lossSlice: refine", refine, whole(0));
  checkGrid(grid);
  checkDirections("lossSlice", net.model, directions);
  if (directions.length === 1 && (grid.y.length !== 1 || grid.y[0] !== 0))
    throw new RangeError(`the slice has one direction, so its y must be [0]; give two directions for a plane`);
  checkAbout(about);
  if (title !== undefined) checkText("lossSlice: title", title, '"resnet-56"');
  if (finished !== undefined) checkFinished(finished);
}

function checkAbout(about: SliceOptions["about"]): void {
  checkOptions("lossSlice: about", about, ["data", "split"], 'about: { data: "digits", split: "train" }');
  checkText("lossSlice: about: data", about.data, '"digits"');
  checkChoice("lossSlice: about: split", about.split, ["train", "test"]);
}

function checkFinished(finished: FinishedPoints): void {
  if (!isOptions(finished))
    throw new TypeError(`lossSlice: finished is ${quoteValue(finished)}; give { find(x, y), keep(x, y, measured) }`);
  checkFunction("lossSlice: finished.find", finished.find);
  checkFunction("lossSlice: finished.keep", finished.keep);
}

/** Measures all points by these meters, each taking the next point when it is done with one. */
export async function measureSlice(options: SliceOptions, meters: readonly PointMeter[]): Promise<LossSlice> {
  const { net, directions, about, examples, title = net.model.name, refine = 0 } = options;
  const points: Points = new Map();
  const at = (x: number, y: number): Measured => points.get(keyOf(x, y)) ?? { loss: null };
  let { grid } = options;
  const values = <T>(of: (measured: Measured) => T): T[][] => grid.y.map((y) => grid.x.map((x) => of(at(x, y))));
  await measureAt(options, meters, points, [[0, 0], ...pointsOf(grid)]);
  for (let round = 0; round < refine; round++) {
    const finer = refined(
      grid,
      values(({ loss }) => loss),
    );
    if (finer.x.length === grid.x.length && finer.y.length === grid.y.length) break;
    grid = finer;
    await measureAt(options, meters, points, pointsOf(grid));
  }
  const centre = at(0, 0);
  return {
    ...{ title, x: grid.x, y: grid.y },
    loss: values(({ loss }) => loss),
    ...(centre.accuracy === undefined ? {} : { accuracy: values(({ accuracy = null }) => accuracy) }),
    centre,
    directions: directions.map(({ facts }) => facts),
    examples: { ...about, count: examples.count },
  };
}

type Points = Map<string, Measured>;

const keyOf = (x: number, y: number): string => `${x + 0},${y + 0}`;

const pointsOf = ({ x, y }: Grid): (readonly [number, number])[] =>
  y.flatMap((up) => x.map((right) => [right, up] as const));

/** Measures those of the points that are not known yet. */
async function measureAt(
  { finished, onProgress, signal }: SliceOptions,
  meters: readonly PointMeter[],
  known: Points,
  wanted: readonly (readonly [number, number])[],
): Promise<void> {
  const missing = new Map<string, readonly [number, number]>();
  for (const [x, y] of wanted) {
    const key = keyOf(x, y);
    const found = known.get(key) ?? finished?.find(x, y);
    if (found === undefined) missing.set(key, [x, y]);
    else known.set(key, found);
  }
  const total = missing.size;
  const queue = missing.entries();
  let done = 0;
  let failed = false;
  const work = async (meter: PointMeter): Promise<void> => {
    for (const [key, [x, y]] of queue) {
      if (failed) return;
      signal?.throwIfAborted();
      const measured = await meter.measure(x, y);
      known.set(key, measured);
      finished?.keep(x, y, measured);
      onProgress?.(++done, total);
    }
  };
  const ends = await Promise.allSettled(
    meters.map((meter) =>
      work(meter).catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
