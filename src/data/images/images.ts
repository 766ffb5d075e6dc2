import { DataError } from "../../files/index.ts";
import { majorityOf } from "../class-counts.ts";
import type { Dataset, Description, Examples, Standardization } from "../dataset.ts";
import { first, type Split } from "../split.ts";

/** Images as in files: one byte per pixel, plane after plane. */
export interface ByteImages {
  /** count × channels × height × width */
  readonly pixels: Uint8Array;
  /** The class of each image. */
  readonly labels: Uint8Array;
}

type Shape = readonly [channels: number, height: number, width: number];

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

const LEVELS = 256;

/** Bytes to standardised float32 by a lookup table, written once. One mean and deviation for each channel. */
export function imageDataset({ description, inputShape, images, testImages, split, limit }: ImageSource): Dataset {
  const train = first(split.train, limit);
  const standardization = measure(images, split.train, inputShape);
  if (standardization.deviation.includes(0)) {
    throw new DataError(description.name, "all training pixels of a channel are equal", "give images that differ");
  }
  const table = lookupTable(standardization);
  return {
    ...description,
    inputShape,
    outputs: description.classes.length,
    train: decode(images, train, table, inputShape),
    validation: decode(images, split.validation, table, inputShape),
    test: decode(testImages, split.test, table, inputShape),
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

function decode(images: ByteImages, indices: Uint32Array, table: Float32Array, shape: Shape): Examples {
  const [channels, height, width] = shape;
  const plane = height * width;
  const inputs = new Float32Array(indices.length * channels * plane);
  let out = 0;
  for (const index of indices) {
    let pixel = index * channels * plane;
    for (let entry = 0; entry < table.length; entry += LEVELS) {
      for (let i = 0; i < plane; i++) inputs[out++] = table[entry + images.pixels[pixel++]];
    }
  }
  const targets = Float32Array.from(indices, (index) => images.labels[index]);
  return { count: indices.length, inputs, targets };
}

/** Refuses a label that is not a class, naming the first. */
export function checkLabels(labels: Uint8Array, classes: number, file: string): void {
  const bad = labels.findIndex((label) => label >= classes);
  if (bad < 0) return;
  const problem = `label ${labels[bad]} of example ${bad} is out of range, expected 0 to ${classes - 1}`;
  throw new DataError(file, problem, "the file is damaged or belongs to another data set");
}
