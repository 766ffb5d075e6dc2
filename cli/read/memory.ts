import { totalmem } from "node:os";
import { type Dataset, sourceOf } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import type { Model } from "../../src/nn/index.ts";
import { format } from "../../src/report/index.ts";
import {
  largestBatch,
  type MemoryOptions,
  type SolverTrainOptions,
  type TrainOptions,
  trainingMemory,
} from "../../src/train/index.ts";
import { UsageError } from "../mistakes/failure.ts";

/** Memory in bytes. */
export interface MachineMemory {
  /** That of the machine, or what a container may use of it. */
  readonly all: number;
  /** What is left of it. */
  readonly free: number;
}

export const machineMemory = (): MachineMemory => ({
  all: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
  free: process.availableMemory(),
});

/** The least that nets took, as a part of what the estimate says. */
const LEAST = 0.8;

/** A run whose memory is looked at. */
interface Planned {
  readonly options: TrainOptions | SolverTrainOptions;
  readonly batchSize: number;
  readonly data: Dataset;
  readonly model: Model;
  readonly device: Device;
}

/**
 * What to say of a run that may need more memory than is free, before the system ends it without a word; undefined where it fits. Throws a
 * UsageError where it certainly does not fit into the machine. A run by a solver takes some examples at a time, a frozen layer needs no
 * activations, and a GPU has memory of its own: there nothing is said.
 */
export function memoryFault(
  { options, batchSize, data, model, device }: Planned,
  { all, free }: MachineMemory = machineMemory(),
): string | undefined {
  const { optimizer, dtype = "f32" } = options;
  // GPUs have no float64.
  if (!("slots" in optimizer) || "freeze" in options || !device.float64) return undefined;
  const { targetSize } = sourceOf(data.train);
  const plan: Omit<MemoryOptions, "batchSize"> = { model, optimizer, targetSize, dtype };
  const needed = trainingMemory({ ...plan, batchSize }).total;
  if (needed <= free) return undefined;
  const isHopeless = LEAST * needed > all;
  const fits = largestBatch(isHopeless ? all : free, plan);
  const advice = fits === 0 ? "take a smaller model" : `take a smaller batch: --batch-size ${rounded(fits)}`;
  const problem = `training ${model.name} on batches of ${format.count(batchSize)} needs about ${format.bytes(needed)} of memory`;
  if (isHopeless) throw new UsageError(`${problem}, and this machine has ${format.bytes(all)}; ${advice}`);
  return `${problem}, and ${format.bytes(free)} are free; if the system ends it, ${advice}`;
}

/** The power of two below a batch size. */
const rounded = (batchSize: number): number => 2 ** Math.floor(Math.log2(batchSize));
