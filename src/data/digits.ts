import { DataError } from "../files/index.ts";
import type { AssetSet } from "./asset-set.ts";
import { csvRecords } from "./csv/records.ts";
import type { Dataset } from "./dataset.ts";
import { descriptionOf } from "./entry.ts";
import { checkLabels, type ImageSource, imageDataset } from "./images/images.ts";
import { stratifiedSplit } from "./split.ts";

/** The digits, which are part of the package. */
export const digits: AssetSet = {
  kind: "asset",
  entry: {
    name: "digits",
    title: "Handwritten digits, 8 × 8",
    task: "classification",
    inputShape: [1, 8, 8],
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    counts: [1197, 300, 300],
    source: "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998)",
    licence: "CC BY 4.0",
    obtain: "inside the package",
  },
  file: "digits/digits.csv.gz",
  images: digitsImages,
};

const COUNT = 1797;
const PIXELS = 64;
/** The original counts set pixels in blocks of 4 × 4. */
const BRIGHTEST = 16;

/**
 * The digits from their text: one image a line, 64 pixels from 0 to 16 and the digit. 1,197 are for training, 300 for
 * validation and 300 for the test, stratified; one mean and deviation for all pixels, as many pixels are constant.
 * Throws a DataError if the text is damaged.
 */
export const digitsDataset = (text: string, limit?: number): Dataset => imageDataset(digitsImages(text, limit));

function digitsImages(text: string, limit?: number): ImageSource {
  const pixels = new Uint8Array(COUNT * PIXELS);
  const labels = new Uint8Array(COUNT);
  let row = 0;
  for (const { line, cells } of csvRecords(text, "digits")) {
    const values = cells.map(Number);
    const valid = values.every(
      (value, i) => Number.isInteger(value) && value >= 0 && (i === PIXELS || value <= BRIGHTEST),
    );
    if (values.length !== PIXELS + 1 || !valid || row === COUNT) throw damaged(`line ${line} is not a digit's`);
    pixels.set(values.slice(0, PIXELS), row * PIXELS);
    labels[row++] = values[PIXELS];
  }
  if (row !== COUNT) throw damaged(`has ${row} images, expected ${COUNT}`);
  checkLabels(labels, digits.entry.classes.length, "digits");
  const images = { pixels, labels };
  const split = stratifiedSplit(labels, { validation: 300, test: 300 });
  return {
    description: descriptionOf(digits.entry),
    inputShape: [1, 8, 8],
    images,
    testImages: images,
    split,
    limit,
  };
}

function damaged(problem: string): DataError {
  return new DataError("digits", problem, "the package's file is damaged: install it again");
}
