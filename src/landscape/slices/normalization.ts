import type { Examples, Source } from "../../data/index.ts";
import { sourceOf } from "../../data/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { Model } from "../../nn/index.ts";
import { runningTensors } from "../../nn/index.ts";
import { batchStatistics, type Engine, nextStateName } from "../../objective/index.ts";

/** Where the means and variances of batch normalisation are measured anew at each point. */
export interface Recomputed {
  /** The same at each point, usually of the training set. */
  readonly examples: Examples | Source;
  /** Examples in a batch. Default 500. */
  readonly batchSize?: number;
}

/** Examples in a batch from which statistics are measured. */
const USUAL_BATCH = 500;

/** Measures the state of a net anew: sets the engine's state to the means over batches of what batch normalisation measures in training. */
export interface StateMeter {
  /** The most examples that it computes at a time. */
  readonly batchSize: number;
  /** Measures at w, and writes the state to s. */
  measure(engine: Engine, w: Float64Array, s: Vector): Promise<void>;
}

/**
 * The statistics that training's batches would have at a point, without dropout: each running mean and variance becomes the mean over the
 * batches of the batch's own, each batch counted by its size. Izmailov et al. 2018, Averaging weights leads to wider optima and better
 * generalization, section 3.2; PyTorch's `update_bn`, which counts all batches alike.
 *
 * Throws a TypeError for a state that is not one of batch normalisation, and a RangeError without examples.
 */
export function stateMeter(model: Model, { examples, batchSize = USUAL_BATCH }: Recomputed): StateMeter {
  const tensors = runningTensors(model);
  const source = wholeBatches(sourceOf(examples), batchSize);
  return {
    batchSize: Math.min(batchSize, source.count),
    measure: async (engine, w, s) => {
      // From 0 a batch moves the state to rate·batch.
      s.fill(0);
      const means = await engine.means(batchStatistics, source, { parameters: w });
      for (const { name, offset, rate } of tensors)
        s.set(
          means[nextStateName(name)].map((moved) => moved / rate),
          offset,
        );
    },
  };
}

/** Without a last, smaller batch of which a variance would say little; all examples if they are less than a batch. */
function wholeBatches(source: Source, batchSize: number): Source {
  if (source.count < 2)
    throw new RangeError(
      `batch normalisation is to be measured on ${source.count === 1 ? "one example" : "no examples"}; give at least 2`,
    );
  const { inputSize, targetSize, weighted } = source;
  return {
    count: source.count < batchSize ? source.count : source.count - (source.count % batchSize),
    ...{ inputSize, targetSize, ...(weighted && { weighted }) },
    gather: (indices, inputs, targets, weights) => source.gather(indices, inputs, targets, weights),
  };
}
