import type { Examples, Vector } from "./dataset.ts";
import { inOrderOf, sourceOf } from "./source.ts";

/** Examples that are copied at a time. */
const PART = 1000;

/**
 * The first examples of a set, in memory; the set itself if it has no more. Training sets are in random order, so their first examples are
 * a fair sample. Those whose weights are all 0 have no loss.
 */
export async function firstExamples(examples: Examples, count: number): Promise<Examples> {
  if (count >= examples.count) return examples;
  const source = sourceOf(examples);
  const like = (size: number): Vector =>
    examples.targets instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  const [inputs, targets] = [like(count * source.inputSize), like(count * source.targetSize)];
  let done = 0;
  for (const indices of inOrderOf(count, PART)) {
    await source.gather(indices, inputs.subarray(done * source.inputSize), targets.subarray(done * source.targetSize));
    done += indices.length;
  }
  const { weights } = examples;
  return { count, inputs, targets, ...(weights && { weights: weights.slice(0, count) }) };
}
