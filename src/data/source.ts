import { gatherBatch } from "./batch.ts";
import type { Examples, Vector } from "./dataset.ts";
import { scaledToMost1 } from "./weights/scaled.ts";

/** Supplies examples a batch at a time: from memory, from larger files, from elsewhere. */
export interface Source {
  /** The number of examples. */
  readonly count: number;
  /** The number of input values of one example. */
  readonly inputSize: number;
  /** The number of values in one example's target: 1 for a class label. */
  readonly targetSize: number;
  /** Whether the examples have weights, of mean 1 over all of them. Missing: each counts the same. */
  readonly weighted?: true;
  /**
   * Copies the examples with the given indices (from 0), one after another, to the front of `inputs` (indices × input
   * size) and `targets` (indices × target size), which may be longer than needed: at once, or before the promise resolves. The
   * same index always gives the same example. If the examples have weights, their weights go to `weights` (indices).
   */
  gather(indices: Uint32Array, inputs: Vector, targets: Vector, weights?: Vector): void | Promise<void>;
}

/** Examples as a source, with their weights if they have some; a source stays itself. */
export function sourceOf(examples: Examples | Source): Source {
  const source = "gather" in examples ? examples : inMemory(examples);
  if (!("weights" in examples) || examples.weights === undefined) return source;
  const weights = scaledToMean1(examples.weights);
  const { count, inputSize, targetSize } = source;
  return {
    ...{ count, inputSize, targetSize, weighted: true },
    gather: (indices, inputs, targets, toWeights) => {
      if (toWeights) for (let i = 0; i < indices.length; i++) toWeights[i] = weights[indices[i]];
      return source.gather(indices, inputs, targets);
    },
  };
}

const inMemory = (examples: Examples): Source => ({
  count: examples.count,
  inputSize: examples.inputs.length / examples.count,
  targetSize: examples.targets.length / examples.count,
  gather: (indices, inputs, targets) => gatherBatch(examples, indices, inputs, targets),
});

/**
 * Weights divided by their mean: so the mean of wᵢ·lossᵢ over all examples is the weighted mean of their losses, Σwᵢ·lossᵢ / Σwᵢ, and
 * over a batch an unbiased estimate of it. Where their sum overflows, or their mean is too small to divide by, they are divided
 * by the largest first.
 */
function scaledToMean1(weights: Vector): Float64Array {
  const plain = meanOf(weights);
  const isPlain = plain >= SMALLEST && plain < Number.POSITIVE_INFINITY;
  const scaled = isPlain ? weights : scaledToMost1(weights);
  const mean = isPlain ? plain : meanOf(scaled);
  return Float64Array.from(scaled, (weight) => weight / mean);
}

function meanOf(weights: Vector): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum / weights.length;
}

/** The smallest number with all its digits. */
const SMALLEST = 2 ** -1022;

/** The indices of `count` examples in order, `size` at a time; the last batch may be smaller. */
export function* inOrderOf(count: number, size: number): Generator<Uint32Array> {
  for (let start = 0; start < count; start += size) {
    const indices = new Uint32Array(Math.min(size, count - start));
    for (let i = 0; i < indices.length; i++) indices[i] = start + i;
    yield indices;
  }
}
