import { Arena } from "../../device/memory.ts";
import type { Vector } from "../../expr/array.ts";
import type { Layout } from "../../expr/layout.ts";
import { sizeOf } from "../../expr/shape.ts";
import { layoutOf, parameterCount } from "../../nn/index.ts";
import { maskSize, type ProgramOptions, trainingProgram } from "./programs.ts";

/** Examples that are evaluated at a time: enough to keep the kernels busy, few enough to stay in memory. */
const EVALUATION_BATCH = 500;

/** All that an engine reads and writes, side by side in one WebAssembly memory. */
export interface Buffers {
  readonly arena: Arena;
  readonly layout: Layout;
  readonly w: Vector;
  readonly g: Vector;
  /** Where gradients are taken: w itself, unless the rule looks ahead. */
  readonly point: Vector;
  readonly inputs: Vector;
  readonly targets: Vector;
  readonly masks: Vector;
  readonly cost: Vector;
  readonly correct: Vector;
  /** Examples that fit in `inputs` and `targets`. */
  readonly evaluationBatch: number;
}

/** What the sizes of the buffers follow from. */
export interface MemoryPlan extends Omit<ProgramOptions, "batch"> {
  /** The largest batch. */
  readonly batchSize: number;
  /** Vectors like w that the optimizer keeps. */
  readonly slots: number;
  /** Whether gradients are taken at a point of their own instead of at w. */
  readonly lookahead: boolean;
}

export function allocateBuffers(options: MemoryPlan): Buffers {
  const { model, batchSize, targetSize, dtype, slots, lookahead } = options;
  const n = parameterCount(model);
  const inputSize = sizeOf(model.inputShape);
  const evaluationBatch = Math.max(EVALUATION_BATCH, Math.min(batchSize, 2 * EVALUATION_BATCH));
  const rows = Math.max(batchSize, evaluationBatch);
  const masks = maskSize(trainingProgram({ ...options, batch: batchSize }).masks);
  const lengths = [n, n, lookahead ? n : 0, rows * inputSize, rows * targetSize, masks, 1, 1];
  // The optimizer's slots, and a copy of w for averages or measurements, come from the same memory.
  const kept = Array.from({ length: slots + 1 }, () => n);
  const arena = new Arena(Arena.bytesFor([...lengths, ...kept].map((length) => ({ dtype, length }))));
  const [w, g, ahead, inputs, targets, mask, cost, correct] = lengths.map((length) => arena.vector(dtype, length));
  const point = lookahead ? ahead : w;
  return { arena, layout: layoutOf(model), w, g, point, inputs, targets, masks: mask, cost, correct, evaluationBatch };
}

/** A tensor's part of a vector of all parameters. */
export const partOf = (vector: Vector, { shape, offset }: Layout[number]): Vector =>
  vector.subarray(offset, offset + sizeOf(shape));
