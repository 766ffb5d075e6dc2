import { join } from "node:path";
import { DataError } from "../../files/index.ts";
import { readBytes, sizeOf } from "../../files/node/index.ts";
import { type Dataset, inputSize } from "../dataset.ts";
import { descriptionOf } from "../entry.ts";
import { cifar10, cifarCount, cifarShape, readCifar } from "../images/cifar.ts";
import { type ByteImages, imageDataset } from "../images/images.ts";
import { range } from "../split.ts";
import { cacheFolder } from "./cache.ts";
import { findFile } from "./find-file.ts";
import type { LoadOptions } from "./options.ts";

const TRAIN = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
const TEST = "test_batch.bin";

/** The last tenth of the training images, 5,000 of 50,000, is the validation set. */
const VALIDATION_SHARE = 1 / 10;

/** Loads CIFAR-10 from its binary version. Training batches may be missing: a note says so. */
export async function loadCifar(options: LoadOptions): Promise<Dataset> {
  const folder = findCifar(options.dir);
  if (folder === undefined) {
    const where = options.dir ?? join(cacheFolder(), "cifar-10");
    const advice = "get https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpack it and name its folder";
    throw new DataError("cifar-10", `${TRAIN[0]} and ${TEST} not found in ${where}`, advice);
  }
  const present = filesIn(folder, TRAIN);
  const images = readFiles(present);
  const testImages = readFiles(filesIn(folder, [TEST]));
  const count = images.labels.length;
  const kept = count - Math.floor(count * VALIDATION_SHARE);
  if (kept === count) throw new DataError(folder, `has ${count} training images, expected at least 10`, "add images");
  const note = `${present.length} of ${TRAIN.length} training batches, ${count} images`;
  if (present.length < TRAIN.length) options.onProgress?.({ kind: "note", message: `cifar-10: only ${note}` });
  return imageDataset({
    description: { ...descriptionOf(cifar10.entry), source: `${cifar10.entry.source}; ${note}` },
    inputShape: cifarShape,
    images,
    testImages,
    split: { train: range(0, kept), validation: range(kept, count), test: range(0, testImages.labels.length) },
    limit: options.limit,
  });
}

/** The folder that holds a training batch and the test batch: `dir` or below it, or else the cache. */
export function findCifar(dir: string | undefined): string | undefined {
  const parent = dir ?? join(cacheFolder(), "cifar-10");
  const complete = (folder: string) => [TRAIN, [TEST]].every((names) => filesIn(folder, names).length > 0);
  return [parent, join(parent, "cifar-10-batches-bin")].find(complete);
}

/** The files that are present. */
function filesIn(folder: string, names: readonly string[]): string[] {
  return names.map((name) => findFile(folder, [name])).filter((file) => file !== undefined);
}

function readFiles(files: readonly string[]): ByteImages {
  const sizes = files.map((file) => sizeOf(file));
  const counts = sizes.map((size, i) => cifarCount(size, files[i]));
  const total = counts.reduce((sum, n) => sum + n, 0);
  const images = {
    pixels: new Uint8Array(total * inputSize({ inputShape: cifarShape })),
    labels: new Uint8Array(total),
  };
  let start = 0;
  for (const [i, file] of files.entries()) {
    readCifar(readBytes(file, sizes[i]), images, start, file);
    start += counts[i];
  }
  return images;
}
