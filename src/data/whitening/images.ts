import type { Device } from "../../device/index.ts";
import { DataError } from "../../files/index.ts";
import type { Dataset } from "../dataset.ts";
import { type ImageSource, imageDataset, standardizationOf } from "../images/images.ts";
import { whitenExamples } from "./whiten.ts";
import type { Whitening } from "./whitening.ts";
import { zcaOf } from "./zca.ts";

/** A data set of images, whitened by its own training set: all of it, whatever part is used. */
export async function whitenedImages(source: ImageSource, device: Device): Promise<Dataset> {
  const { images, split, inputShape } = source;
  const whitening = await zcaOf(device, images, split.train, inputShape, standardizationOf(source));
  return whitenedBy(imageDataset(source), whitening, device);
}

/** A data set of standardised images or other arrays, whitened by what was measured on another. */
export async function whitenedBy(data: Dataset, whitening: Whitening, device: Device): Promise<Dataset> {
  const { preprocessing } = data;
  const train = await whitenExamples(device, whitening, data.train);
  const validation = await whitenExamples(device, whitening, data.validation);
  const test = await whitenExamples(device, whitening, data.test);
  const whitened = { ...data, train, validation, test };
  if (preprocessing?.inputs.kind !== "values") return whitened;
  return { ...whitened, preprocessing: { ...preprocessing, inputs: { ...preprocessing.inputs, whitening } } };
}

/** The most values of an image whose matrix is computed: that of 64 × 64 in colour would take 1.2 GB. */
const MOST_VALUES = 4096;

/** @throws DataError for images of so many values that their matrix would not fit */
export function checkWhitenable({ description, inputShape }: Pick<ImageSource, "description" | "inputShape">): void {
  const size = inputShape.reduce((product, length) => product * length, 1);
  if (size > MOST_VALUES)
    throw new DataError(
      description.name,
      `an image has ${size} values, so whitening takes a matrix of ${size} × ${size}`,
      `whiten images of ${MOST_VALUES} values at most, such as 32 × 32 in colour, or leave whitening out`,
    );
}
