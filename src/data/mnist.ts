import { DataError } from "../files/error.ts";
import type { Dataset, Description } from "./dataset.ts";
import { checkLabels, imageDataset } from "./images.ts";
import { range } from "./split.ts";

export const mnistDescription = {
  name: "mnist",
  task: "classification",
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  source: "Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits (1998)",
  licence: "CC BY-SA 3.0",
} as const satisfies Description;

export const fashionMnistDescription = {
  name: "fashion-mnist",
  task: "classification",
  classes: ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
  source: "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST (2017)",
  licence: "MIT",
} as const satisfies Description;

/** The elements of an IDX file and the name that errors give it. */
export interface IdxFile {
  readonly file: string;
  readonly dimensions: readonly number[];
  readonly data: Uint8Array;
}

/** The four files of a data set in MNIST's form. */
export interface MnistFiles {
  readonly trainImages: IdxFile;
  readonly trainLabels: IdxFile;
  readonly testImages: IdxFile;
  readonly testLabels: IdxFile;
}

/** The last twelfth of the training file, 5,000 of 60,000, is the validation part. */
const VALIDATION_SHARE = 1 / 12;

/**
 * A data set from four IDX files: 55,000 training, 5,000 validation and 10,000 test images where the files are MNIST's
 * own, the same shares where they are smaller. One mean and deviation for all pixels.
 */
export function mnistDataset(description: Description, files: MnistFiles, limit?: number): Dataset {
  const { trainImages, trainLabels, testImages, testLabels } = files;
  checkPair(trainImages, trainLabels, description);
  checkPair(testImages, testLabels, description);
  const [count, height, width] = trainImages.dimensions;
  const [testCount, testHeight, testWidth] = testImages.dimensions;
  if (height !== testHeight || width !== testWidth) {
    const problem = `has images of ${testHeight} × ${testWidth} pixels, expected ${height} × ${width} as in training`;
    throw new DataError(testImages.file, problem, "give files of one data set");
  }
  const kept = count - Math.max(1, Math.floor(count * VALIDATION_SHARE));
  if (kept < 1) throw new DataError(trainImages.file, "has one image, expected at least 2", "give more images");
  return imageDataset({
    description,
    inputShape: [1, height, width],
    images: { pixels: trainImages.data, labels: trainLabels.data },
    testImages: { pixels: testImages.data, labels: testLabels.data },
    split: { train: range(0, kept), validation: range(kept, count), test: range(0, testCount) },
    limit,
  });
}

function checkPair(images: IdxFile, labels: IdxFile, description: Description): void {
  const [count] = images.dimensions;
  if (labels.data.length !== count) {
    const problem = `has ${labels.data.length} labels, expected ${count}, one for each image of ${images.file}`;
    throw new DataError(labels.file, problem, "give files that belong together");
  }
  checkLabels(labels.data, description.classes.length, labels.file);
}
