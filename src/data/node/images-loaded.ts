import type { Dataset } from "../dataset.ts";
import { type ImageSource, imageDataset } from "../images/images.ts";
import type { LoadOptions } from "./options.ts";

/** Values of an image from which on whitening takes seconds. */
const SLOW = 1000;

/** A data set of images as the options ask for it: standardised, or whitened, too. */
export async function imagesLoaded(source: ImageSource, { whiten, onProgress }: LoadOptions): Promise<Dataset> {
  if (whiten !== "zca") return imageDataset(source);
  const [{ nodeDevice }, { checkWhitenable, whitenedImages }] = [
    await import("../../device/node/index.ts"),
    await import("../whitening/index.ts"),
  ];
  checkWhitenable(source);
  const { split, inputShape } = source;
  const size = inputShape.reduce((product, length) => product * length, 1);
  const message = `whitening: measuring the covariance of ${split.train.length} images of ${size} values; that can take a minute`;
  if (size > SLOW) onProgress?.({ kind: "note", message });
  return whitenedImages(source, await nodeDevice());
}
