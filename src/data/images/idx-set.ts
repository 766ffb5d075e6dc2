import { DataError } from "../../files/index.ts";
import type { Description } from "../dataset.ts";
import type { FullEntry } from "../entry.ts";
import { range } from "../split.ts";
import { checkLabels, type ImageSource } from "./images.ts";
import type { RemoteSet } from "./remote.ts";

/** A data set in MNIST's format: four IDX files of 28 × 28 images and labels, and where to find them. */
export interface IdxSet {
  readonly kind: "idx";
  readonly entry: FullEntry;
  readonly remote: RemoteSet;
  /** The subfolders in which other programs put the files. */
  readonly subfolders: readonly string[];
  /** The folders in which packages of the operating system put them. */
  readonly systemFolders: readonly string[];
  /** SHA-256 of the training labels without their header: distinguishes files of the same names in different data sets. */
  readonly labelsSha256: string;
}

type Particulars = Pick<FullEntry, "name" | "title" | "classes" | "source" | "licence">;

/** Makes a data set in MNIST's format from its particulars. */
export function idxSet({ about, ...files }: { about: Particulars } & Omit<IdxSet, "kind" | "entry">): IdxSet {
  const entry: FullEntry = {
    ...about,
    ...{ task: "classification", inputShape: [1, 28, 28], counts: [55_000, 5000, 10_000] },
    obtain: "downloaded at first use, or a folder with its four IDX files",
  };
  return { kind: "idx", entry, ...files };
}

/** The elements of an IDX file, and its name in errors. */
export interface IdxFile {
  readonly file: string;
  readonly dimensions: readonly number[];
  readonly data: Uint8Array;
}

/** The four files of a data set in MNIST's format. */
export interface IdxFiles {
  readonly trainImages: IdxFile;
  readonly trainLabels: IdxFile;
  readonly testImages: IdxFile;
  readonly testLabels: IdxFile;
}

/** The last twelfth of the training file, 5,000 of 60,000, is the validation set. */
const VALIDATION_SHARE = 1 / 12;

/**
 * The images of four IDX files: 55,000 training, 5,000 validation and 10,000 test images with MNIST's own files, the same
 * fractions of smaller ones.
 */
export function idxImages(description: Description, files: IdxFiles, limit?: number): ImageSource {
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
  return {
    description,
    inputShape: [1, height, width],
    images: { pixels: trainImages.data, labels: trainLabels.data },
    testImages: { pixels: testImages.data, labels: testLabels.data },
    split: { train: range(0, kept), validation: range(kept, count), test: range(0, testCount) },
    limit,
  };
}

function checkPair(images: IdxFile, labels: IdxFile, description: Description): void {
  const [count] = images.dimensions;
  if (labels.data.length !== count) {
    const problem = `has ${labels.data.length} labels, expected ${count}, one for each image of ${images.file}`;
    throw new DataError(labels.file, problem, "give files that belong together");
  }
  checkLabels(labels.data, description.classes.length, labels.file);
}
