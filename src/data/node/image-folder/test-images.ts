import { DataError } from "../../../files/index.ts";
import type { Dataset } from "../../dataset.ts";
import { type ByteImages, imageExamples } from "../../images/images.ts";
import { range, spread } from "../../split.ts";
import type { ValueInputs } from "../../table/preprocessing.ts";
import type { TestOptions } from "../options.ts";
import { findTestPictures, type TestPictures } from "./find-pictures.ts";
import { tellSkipped } from "./load.ts";
import { imageShape, pixelsLike } from "./net-pixels.ts";

/**
 * Images of a folder for each class as the test set of a data set without training examples: of a trained net's size, channels, means
 * and deviations, and not whitened yet. It is the folder's set for testing, or all images of a folder that has no such sets.
 *
 * @param name "images:FOLDER"
 * @throws DataError for a folder without such images, an image that cannot be read, and a net that takes no images
 */
export async function loadTestImages(name: string, inputs: ValueInputs, options: TestOptions): Promise<Dataset> {
  const folder = name.slice("images:".length);
  const found = findTestPictures(folder);
  tellSkipped(name, found.skipped, options);
  const shape = imageShape(folder, inputs.shape);
  const { mean, deviation } = inputs;
  if (mean.length !== shape[0] && mean.length !== 1)
    throw new DataError(
      folder,
      `the net has ${mean.length} means for ${shape[0]} channels, so it was not trained on images of files`,
      "give what it was trained on",
    );
  const runs = Array.from({ length: shape[0] }, (_, channel) => (mean.length === 1 ? 0 : channel));
  const standardization = { mean: runs.map((at) => mean[at]), deviation: runs.map((at) => deviation[at]) };
  const images = await bytesOf(found, shape, options);
  const set = (count: number) => imageExamples(images, range(0, count), shape, standardization);
  const { labels } = images;
  const all = found.classes.reduce((sum, { files }) => sum + files.length, 0);
  const some = labels.length < all ? `${labels.length} of the ${all} images` : `${labels.length} images`;
  const part = found.isTestSet ? `its test set, ${some}` : labels.length < all ? some : `all its ${some}`;
  options.onProgress?.({ kind: "note", message: `${name}: ${part}` });
  const classes = found.classes.map((each) => each.name);
  const { whitening: _, ...plain } = inputs;
  return {
    ...{ name, task: "classification", classes, outputs: classes.length, inputShape: shape, standardization },
    ...{ source: `${labels.length} images of ${folder}`, licence: "the owner's" },
    ...{ train: set(0), validation: set(0), test: set(labels.length) },
    preprocessing: { inputs: plain, target: { kind: "classes", classes } },
  };
}

async function bytesOf(
  { classes }: TestPictures,
  shape: Parameters<typeof pixelsLike>[1],
  { signal, limit }: TestOptions,
): Promise<ByteImages> {
  const size = shape[0] * shape[1] * shape[2];
  const all = classes.flatMap(({ files }, label) => files.map((file) => ({ file, label })));
  const files = Array.from(spread(all.length, limit), (at) => all[at]);
  const pixels = new Uint8Array(size * files.length);
  for (const [i, { file }] of files.entries()) {
    signal?.throwIfAborted();
    pixels.set(await pixelsLike(file, shape), i * size);
  }
  return { pixels, labels: Uint8Array.from(files, ({ label }) => label) };
}
