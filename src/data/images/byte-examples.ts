import { checkBatch } from "../batch.ts";
import type { Vector } from "../dataset.ts";
import type { Source } from "../source.ts";
import type { KeptExamples } from "../weights/weighed.ts";

/** Images as in files: one byte per pixel, plane after plane. */
export interface ByteImages {
  /** count × channels × height × width */
  readonly pixels: Uint8Array;
  /** The class of each image. */
  readonly labels: Uint8Array;
}

export type Shape = readonly [channels: number, height: number, width: number];

/** The values of a byte: LEVELS for each channel. */
export const LEVELS = 256;

/**
 * Images that stay bytes in memory, a quarter of their size as numbers: they are standardised when they are gathered, by a table that
 * has the value of each byte, so that they are the same to the bit as if it had been done before.
 *
 * @param indices of the images, in the order of the examples
 * @param table channels × 256
 */
export function byteExamples(
  images: ByteImages,
  indices: Uint32Array,
  table: Float32Array,
  shape: Shape,
): KeptExamples & Source {
  const [count, inputSize] = [indices.length, shape[0] * shape[1] * shape[2]];
  const sizes = { count, inputSize, targetSize: 1 };
  const made = (weights?: Vector): KeptExamples & Source => ({
    ...{ ...sizes, ...(weights && { weights }), weighed: (own: Vector) => made(own) },
    get inputs() {
      return decode(images, indices, table, shape, new Float32Array(count * inputSize));
    },
    targets: labelsOf(images, indices),
    gather: (batch, inputs, targets) => {
      checkBatch(sizes, batch, inputs, targets);
      const own = batch.map((index) => indices[index]);
      decode(images, own, table, shape, inputs);
      for (let i = 0; i < own.length; i++) targets[i] = images.labels[own[i]];
    },
  });
  return made();
}

export const labelsOf = ({ labels }: ByteImages, indices: Uint32Array): Float32Array =>
  Float32Array.from(indices, (index) => labels[index]);

/** Writes the standardised values of some images to the front of a vector, one image after another. */
export function decode<V extends Vector>(
  { pixels }: ByteImages,
  indices: Uint32Array,
  table: Float32Array,
  [channels, height, width]: Shape,
  to: V,
): V {
  const plane = height * width;
  let out = 0;
  for (const index of indices) {
    let pixel = index * channels * plane;
    for (let entry = 0; entry < table.length; entry += LEVELS)
      for (let i = 0; i < plane; i++) to[out++] = table[entry + pixels[pixel++]];
  }
  return to;
}
