import { checkNumber, checkOptions, quoteValue, whole } from "../../arguments/index.ts";
import type { Dataset } from "../dataset.ts";

/**
 * Random changes of the images that a net is trained on, as plain data. Validation and test images stay as they are.
 *
 * `{ padCrop: 4, flip: true }` is what CIFAR-10 is usually trained with (K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for
 * Image Recognition, 2016, section 4.2).
 */
export interface Augmentation {
  /**
   * Pads each side with this many black pixels, and cuts an image of the old size out of it at random: all (2·padCrop + 1)² places are
   * equally likely. Default 0.
   */
  readonly padCrop?: number;
  /** Mirrors half of the images, left for right. Default: false. */
  readonly flip?: boolean;
}

/** The data whose images are changed. */
export type Augmentable = Pick<Dataset, "name" | "inputShape" | "preprocessing">;

/** How images are changed: everything but chance. */
export interface AugmentationPlan {
  readonly padCrop: number;
  readonly flip: boolean;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** The standardised value of a black pixel, for each channel. */
  readonly black: readonly number[];
}

/**
 * Checks an augmentation of some data.
 *
 * @returns undefined if nothing is to be changed
 * @throws TypeError or RangeError for settings that are not allowed, and for data that are no images
 */
export function augmentationPlan(given: Augmentation | undefined, data: Augmentable): AugmentationPlan | undefined {
  if (given === undefined) return undefined;
  checkOptions("augment", given, ["padCrop", "flip"], "augment: { padCrop: 4, flip: true }");
  const { padCrop = 0, flip = false } = given;
  if (typeof flip !== "boolean") throw new TypeError(`augment: flip is ${quoteValue(flip)}; give true or false`);
  checkNumber("augment: padCrop", padCrop, whole(0));
  const [channels, height, width] = imageShape(data);
  if (padCrop >= Math.min(height, width))
    throw new RangeError(
      `augment: padCrop is ${padCrop}, and the images of ${data.name} are ${height} × ${width}, so some crops would be all padding; give less than ${Math.min(height, width)}`,
    );
  return padCrop === 0 && !flip
    ? undefined
    : { padCrop, flip, channels, height, width, black: blackIn(data, channels) };
}

/** An augmentation in a few words, the same for the same changes: "pad-crop=4,flip". */
export const augmentationWords = ({ padCrop = 0, flip = false }: Augmentation): string =>
  [...(padCrop > 0 ? [`pad-crop=${padCrop}`] : []), ...(flip ? ["flip"] : [])].join(",");

function imageShape({ name, inputShape }: Augmentable): readonly number[] {
  if (inputShape.length === 3) return inputShape;
  throw new RangeError(
    `augment: an example of ${name} has shape ${inputShape.join(" × ")}; only images can be augmented, of shape channels × height × width`,
  );
}

/**
 * The pixels are padded with 0 before they are standardised, as by torchvision's RandomCrop before Normalize: x′ = (0 − mean) /
 * deviation, rounded to float32 as pixels are. Whitened images are padded with their mean, 0.
 */
function blackIn({ name, preprocessing }: Augmentable, channels: number): readonly number[] {
  const inputs = preprocessing?.inputs;
  if (inputs?.kind !== "values") return new Array<number>(channels).fill(0);
  const { mean, deviation, whitening } = inputs;
  if (mean.length !== 1 && mean.length !== channels)
    throw new RangeError(
      `augment: ${name} has ${mean.length} means for ${channels} channels, so a pixel that moves would be standardised otherwise; give one mean for each channel`,
    );
  if (whitening !== undefined) return new Array<number>(channels).fill(0);
  const runs = Array.from({ length: channels }, (_, channel) => (mean.length === 1 ? 0 : channel));
  return runs.map((run) => Math.fround((0 - mean[run]) / deviation[run]));
}
