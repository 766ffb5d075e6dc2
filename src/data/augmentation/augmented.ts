import { Random } from "../../random/index.ts";
import type { Vector } from "../dataset.ts";
import type { Source } from "../source.ts";
import type { AugmentationPlan } from "./augmentation.ts";

/** What becomes of an image: row y and column x of the result are row y + down and column x + right of the image, mirrored after. */
export interface Change {
  /** From −padCrop to padCrop. */
  readonly down: number;
  readonly right: number;
  readonly flip: boolean;
}

/** Draws the change of an example: a pure function of seed, epoch and example, whatever the batches are. */
export function changesOf(
  { padCrop, flip }: Pick<AugmentationPlan, "padCrop" | "flip">,
  seed: number,
): (epoch: number) => (example: number) => Change {
  const random = new Random(seed, "augmentation");
  const draw = (most: number, own: Random): number => (most === 0 ? 0 : own.integer(2 * most + 1) - most);
  return (epoch) => {
    const ofEpoch = random.fork(epoch);
    return (example) => {
      const own = ofEpoch.fork(example);
      const [down, right] = [draw(padCrop, own), draw(padCrop, own)];
      return { down, right, flip: flip && own.integer(2) === 1 };
    };
  };
}

/**
 * Examples that are changed each time they are gathered.
 *
 * @param epoch the current epoch, from 0
 */
export function augmented(source: Source, plan: AugmentationPlan, seed: number, epoch: () => number): Source {
  const { count, inputSize, targetSize, weighted } = source;
  const change = imageChanger(plan);
  const ofEpoch = changesOf(plan, seed);
  let [current, ofExample] = [-1, ofEpoch(0)];
  const changeAll = (indices: Uint32Array, inputs: Vector): void => {
    if (current !== epoch()) [current, ofExample] = [epoch(), ofEpoch(epoch())];
    for (let row = 0; row < indices.length; row++) change(inputs, row * inputSize, ofExample(indices[row]));
  };
  return {
    ...{ count, inputSize, targetSize, ...(weighted && { weighted }) },
    gather: (indices, inputs, targets, weights) => {
      const gathered = source.gather(indices, inputs, targets, weights);
      return gathered === undefined ? changeAll(indices, inputs) : gathered.then(() => changeAll(indices, inputs));
    },
  };
}

/** Changes the image that begins at `start`, in place. */
export function imageChanger(plan: AugmentationPlan): (images: Vector, start: number, change: Change) => void {
  const { channels, height, width, black } = plan;
  const size = channels * height * width;
  let image: Vector = new Float32Array(size);
  return (images, start, { down, right, flip }) => {
    if (down === 0 && right === 0 && !flip) return;
    if (images instanceof Float64Array !== image instanceof Float64Array) image = images.slice(0, size);
    image.set(images.subarray(start, start + size));
    // Columns first … end − 1 of the result are column x + right of the image, or width − 1 − x + right if it is mirrored.
    const shift = flip ? -right : right;
    const [first, end] = [Math.max(0, -shift), Math.min(width, width - shift)];
    const [step, offset] = flip ? [-1, width - 1 + right] : [1, right];
    for (let channel = 0, at = start; channel < channels; channel++)
      for (let y = 0; y < height; y++, at += width) {
        const row = y + down;
        if (row < 0 || row >= height) {
          images.fill(black[channel], at, at + width);
          continue;
        }
        if (first > 0) images.fill(black[channel], at, at + first);
        if (end < width) images.fill(black[channel], at + end, at + width);
        const from = (channel * height + row) * width + offset;
        for (let x = first; x < end; x++) images[at + x] = image[from + step * x];
      }
  };
}
