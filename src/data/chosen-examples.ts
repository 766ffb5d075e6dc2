import type { Examples, Vector } from "./dataset.ts";
import { sourceOf } from "./source.ts";
import { range, spread } from "./split.ts";

/** Examples that are copied at a time. */
const PART = 1000;

/**
 * The first examples of a set, in memory; the set itself if it has no more. Training sets are in random order, so their first examples are
 * a fair sample. Those whose weights are all 0 have no loss.
 */
export const firstExamples = (examples: Examples, count: number): Promise<Examples> =>
  chosen(examples, range(0, Math.min(count, examples.count)));

/** As many examples spread evenly over a set, in memory: a fair sample of one whose classes come one after the other, as in a test set. */
export const spreadExamples = (examples: Examples, count: number | undefined): Promise<Examples> =>
  chosen(examples, spread(examples.count, count));

async function chosen(examples: Examples, places: Uint32Array): Promise<Examples> {
  if (places.length === examples.count) return examples;
  const { inputSize, targetSize, gather } = sourceOf(examples);
  const like = (size: number): Vector =>
    examples.targets instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  const [inputs, targets] = [like(places.length * inputSize), like(places.length * targetSize)];
  for (let done = 0; done < places.length; done += PART)
    await gather(
      places.subarray(done, done + PART),
      inputs.subarray(done * inputSize),
      targets.subarray(done * targetSize),
    );
  const { weights } = examples;
  const own = weights && Float64Array.from(places, (at) => weights[at]);
  return { count: places.length, inputs, targets, ...(own && { weights: own }) };
}
