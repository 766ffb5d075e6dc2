import { availableParallelism } from "node:os";
import { checkNumber, cut, whole } from "../../arguments/index.ts";
import { type Examples, type Source, sharedExamples, sharedVector } from "../../data/index.ts";
import type { DeviceOptions } from "../../device/index.ts";
import { nodeDevice } from "../../device/node/index.ts";
import { type ModelData, modelToJson } from "../../nn/index.ts";
import type { LossSlice } from "../slices/landscape.ts";
import { checkSlice, checkSliceOptions, measureSlice, type SliceOptions } from "../slices/loss-slice.ts";
import { lazyMeter, type PointMeter, pointMeterOf } from "../slices/point-meter.ts";
import type { ThreadInit } from "./messages.ts";
import { canThread, threadMeter } from "./thread-meter.ts";

/** What a slice is made of, the device, by its name or your own, and the threads that measure it. */
export interface SliceRequest extends Omit<SliceOptions, "device">, Pick<DeviceOptions, "device" | "onWarning"> {
  /**
   * Threads that measure points in parallel, at most one for each core, each with a device of the same name that computes on one thread.
   * Default 0: in this thread, by the device itself. Results do not depend on it.
   */
  readonly workers?: number;
}

/**
 * Measures loss and accuracy of a net over a line or a plane through its weights, in several threads if `workers` asks for them. Values that
 * are not finite are null. The values are the same bits for any number of workers, whatever else was measured before.
 *
 *     const directions = [0, 1].map((index) => randomDirection(model, w, "filter", { seed: 1, index }));
 *     const about = { data: data.name, split: "train" };
 *     const slice = await lossSlice({ net, examples: data.train, about, directions, grid: evenGrid({ columns: 25 }), workers: 2 });
 *
 * Throws a RangeError for a grid of one point or one that does not ascend, for directions of another length than the weights, and for more
 * than two of them.
 */
export async function lossSlice(options: SliceRequest): Promise<LossSlice> {
  checkSliceOptions(options, ["workers", "onWarning"]);
  const { device: given, ...request } = options;
  const { onWarning = warn, workers = 0 } = request;
  checkNumber("lossSlice: workers", workers, whole(0));
  const device = await nodeDevice({
    ...(given !== undefined && { device: given }),
    ...(workers > 0 && { threads: 1 }),
    onWarning,
  });
  const slice = { ...request, device };
  checkSlice(slice);
  const meters = metersFor(slice, workers, onWarning);
  try {
    return await measureSlice(slice, meters);
  } finally {
    await Promise.all(meters.map((meter) => meter.dispose()));
  }
}

type Warn = (message: string) => void;

const warn: Warn = (message) => process.emitWarning(message);

/** Meters in so many threads, or one in this thread; where all points are known none of them starts. */
export function metersFor(options: SliceOptions, workers: number, onWarning: Warn = warn): PointMeter[] {
  const { grid, directions } = options;
  const vectors = directions.map(({ vector }) => vector);
  const count = Math.min(workers, availableParallelism(), grid.x.length * grid.y.length);
  const init = count === 0 || !canThread ? undefined : initFor(options, vectors, onWarning);
  if (init === undefined) return [lazyMeter(() => pointMeterOf(options, vectors))];
  return Array.from({ length: count }, () => lazyMeter(() => threadMeter(init)));
}

/** What threads need; undefined, with a warning, where they cannot have it. */
function initFor(
  { net: { model, w, s }, examples, normalization = "frozen", batchSize = 1, device }: SliceOptions,
  directions: readonly Float64Array[],
  onWarning: Warn,
): ThreadInit | undefined {
  // A GPU computes one thing at a time.
  if (device.ownMemory !== undefined) return undefined;
  const plain = plainModel(() => modelToJson(model), onWarning);
  const measured = normalization === "frozen" ? undefined : normalization.examples;
  if (plain === undefined || !inMemory(examples) || !(measured === undefined || inMemory(measured))) return undefined;
  return {
    ...{ model: plain, w: sharedVector(w), s: sharedVector(s ?? w.slice(0, 0)) },
    directions: directions.map((vector) => sharedVector(vector)),
    examples: sharedExamples(examples),
    normalization:
      normalization === "frozen" || measured === undefined
        ? "frozen"
        : { ...normalization, examples: sharedExamples(measured) },
    ...{ batchSize, device: device.name },
  };
}

const inMemory = (examples: Examples | Source): examples is Examples => !("gather" in examples);

function plainModel(make: () => ModelData, onWarning: Warn): ModelData | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    onWarning(
      `lossSlice: points are measured one after the other, since threads need the model as plain data: ${cut(error.message, 500)}`,
    );
    return undefined;
  }
}
