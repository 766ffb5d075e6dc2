import { DataError } from "../../files/index.ts";
import { majorityOf } from "../class-counts.ts";
import type { Dataset, Description, Examples, Standardization } from "../dataset.ts";
import { first, type Split } from "../split.ts";
import { type ByteImages, byteExamples, decode, LEVELS, labelsOf, type Shape } from "./byte-examples.ts";

export type { ByteImages, Shape } from "./byte-examples.ts";

/** The ingredients of a data set of images. */
export interface ImageSource {
  readonly description: Description;
  readonly inputShape: Shape;
  /** The images of the training and the validation set. */
  readonly images: ByteImages;
  /** The images of the test set: the same or another file. */
  readonly testImages: ByteImages;
  readonly split: Split;
  readonly limit?: number;
}

/** The most values of a set that are standardised once, before training, and kept as numbers: 268 MB. Larger sets stay bytes. */
const MOST_DECODED = 2 ** 26;

/** Bytes to standardised float32 by a lookup table. One mean and deviation for each channel. */
export function imageDataset({ description, inputShape, images, testImages, split, limit }: ImageSource): Dataset {
  const train = first(split.train, limit);
  const standardization = standardizationOf({ description, inputShape, images, split });
  const table = lookupTable(standardization);
  return {
    ...description,
    inputShape,
    outputs: description.classes.length,
    train: examplesOf(images, train, table, inputShape),
    validation: examplesOf(images, split.validation, table, inputShape),
    test: examplesOf(testImages, split.test, table, inputShape),
    standardization,
    preprocessing: {
      inputs: { kind: "values", shape: inputShape, ...standardization },
      target: {
        ...{ kind: "classes", classes: description.classes },
        ...majorityOf(
          description.classes,
          split.train.map((index) => images.labels[index]),
        ),
      },
    },
  };
}

/**
 * Mean and deviation of each channel over the training set, whatever part of it is used.
 *
 * @throws DataError if all pixels of a channel are equal
 */
export function standardizationOf({
  description,
  inputShape,
  images,
  split,
}: Pick<ImageSource, "description" | "inputShape" | "images" | "split">): Standardization {
  const standardization = measure(images, split.train, inputShape);
  if (!standardization.deviation.includes(0)) return standardization;
  throw new DataError(description.name, "all training pixels of a channel are equal", "give images that differ");
}

/** Mean and deviation of each channel, exact: a byte has 256 values, so they are counted, and the counts are summed. */
function measure(images: ByteImages, indices: Uint32Array, [channels, height, width]: Shape): Standardization {
  const plane = height * width;
  const moments = Array.from({ length: channels }, (_, channel) => {
    const counts = new Float64Array(LEVELS);
    for (const index of indices) {
      const start = (index * channels + channel) * plane;
      for (let i = start; i < start + plane; i++) counts[images.pixels[i]]++;
    }
    return momentsOf(counts, indices.length * plane);
  });
  return { mean: moments.map(({ mean }) => mean), deviation: moments.map(({ deviation }) => deviation) };
}

function momentsOf(counts: Float64Array, total: number): { mean: number; deviation: number } {
  const mean = counts.reduce((sum, count, level) => sum + count * level, 0) / total;
  const variance = counts.reduce((sum, count, level) => sum + count * (level - mean) ** 2, 0) / total;
  return { mean, deviation: Math.sqrt(variance) };
}

/** channels × 256: the standardised value of each byte. */
function lookupTable({ mean, deviation }: Standardization): Float32Array {
  return new Float32Array(mean.length * LEVELS).map((_, i) => {
    const channel = Math.floor(i / LEVELS);
    return ((i % LEVELS) - mean[channel]) / deviation[channel];
  });
}

/** Images as standardised examples, in the order of the indices: by a mean and a deviation for each channel. */
export const imageExamples = (
  images: ByteImages,
  indices: Uint32Array,
  shape: Shape,
  standardization: Standardization,
): Examples => examplesOf(images, indices, lookupTable(standardization), shape);

function examplesOf(images: ByteImages, indices: Uint32Array, table: Float32Array, shape: Shape): Examples {
  const size = indices.length * shape[0] * shape[1] * shape[2];
  if (size > MOST_DECODED) return byteExamples(images, indices, table, shape);
  const inputs = decode(images, indices, table, shape, new Float32Array(size));
  return { count: indices.length, inputs, targets: labelsOf(images, indices) };
}

/** Refuses a label that is not a class, naming the first. */
export function checkLabels(labels: Uint8Array, classes: number, file: string): void {
  const bad = labels.findIndex((label) => label >= classes);
  if (bad < 0) return;
  const problem = `label ${labels[bad]} of example ${bad + 1} is out of range, expected 0 to ${classes - 1}`;
  throw new DataError(file, problem, "the file is damaged or belongs to another data set");
}
