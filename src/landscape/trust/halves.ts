import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import { checkExamples } from "../checks/nets.ts";

/**
 * Two halves of a set of examples, in memory: those at even places, and those at odd ones, so that an order by class or time does not
 * tell them apart. Throws a TypeError for anything but examples, and a RangeError for fewer than two.
 */
export async function halvesOf(examples: Examples | Source): Promise<[Examples, Examples]> {
  checkExamples("halvesOf", examples);
  const source = sourceOf(examples);
  if (source.count < 2) throw new RangeError(`${source.count} examples have no two halves; give two or more`);
  return [await everyOther(examples, source, 0), await everyOther(examples, source, 1)];
}

async function everyOther(examples: Examples | Source, source: Source, first: number): Promise<Examples> {
  const indices = Uint32Array.from({ length: Math.ceil((source.count - first) / 2) }, (_, k) => first + 2 * k);
  const count = indices.length;
  const isDouble = "targets" in examples && examples.targets instanceof Float64Array;
  const like = (size: number) => (isDouble ? new Float64Array(size) : new Float32Array(size));
  const [inputs, targets] = [like(count * source.inputSize), like(count * source.targetSize)];
  await source.gather(indices, inputs, targets);
  const weights = "weights" in examples ? examples.weights : undefined;
  return { count, inputs, targets, ...(weights && { weights: weights.filter((_, k) => k % 2 === first) }) };
}
