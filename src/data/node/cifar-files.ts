import { basename } from "node:path";
import { readBytes, sizeOf } from "../../files/node/index.ts";
import { inputSize } from "../dataset.ts";
import { cifarCount, cifarShape, readCifar } from "../images/cifar.ts";
import type { ByteImages } from "../images/images.ts";
import { findFile } from "./find-file.ts";
import { tarMembers } from "./tar.ts";
import { readUnpacked } from "./unpacked.ts";

export const TRAIN = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
export const TEST = "test_batch.bin";

/** A file of records, from a folder or an archive. */
interface Batch {
  /** Its name, without a folder. */
  readonly name: string;
  /** Its name in errors. */
  readonly place: string;
  /** In bytes. */
  readonly size: number;
  bytes(): Uint8Array;
}

/** The images of those files of CIFAR-10 that are present. */
export interface CifarImages {
  /** How many of the training batches are present. */
  readonly batches: number;
  readonly images: ByteImages;
  readonly testImages: ByteImages;
}

/** The files of this name that a folder has. */
export const filesIn = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => findFile(folder, [name])).filter((file) => file !== undefined);

/** @throws DataError for a file that is truncated or not of this format */
export const cifarIn = (folder: string): CifarImages =>
  joined(
    filesIn(folder, [...TRAIN, TEST]).map((file) => {
      const size = sizeOf(file);
      return { name: basename(file), place: file, size, bytes: () => readBytes(file, size) };
    }),
  );

/**
 * Reads the files from a tar archive, gzipped or not, in whatever order and folder they stand there.
 *
 * @throws DataError for an archive or a file in it that is damaged, truncated or not of this format
 */
export const cifarInArchive = (archive: string): Promise<CifarImages> =>
  readUnpacked(archive, async (reader) => {
    const found = new Map<string, Batch>();
    for await (const { name: path, size, read } of tarMembers(reader, archive)) {
      const [name, place] = [basename(path), `${archive}: ${path}`];
      if (name !== TEST && !TRAIN.includes(name)) continue;
      cifarCount(size, place);
      const bytes = await read();
      found.set(name, { name, place, size, bytes: () => bytes });
    }
    return joined([...found.values()]);
  });

function joined(all: readonly Batch[]): CifarImages {
  const train = TRAIN.map((name) => all.find((batch) => batch.name === name)).filter((batch) => batch !== undefined);
  const test = all.filter(({ name }) => name === TEST);
  return { batches: train.length, images: imagesOf(train), testImages: imagesOf(test) };
}

function imagesOf(batches: readonly Batch[]): ByteImages {
  const counts = batches.map(({ size, place }) => cifarCount(size, place));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const pixels = new Uint8Array(total * inputSize({ inputShape: cifarShape }));
  const images = { pixels, labels: new Uint8Array(total) };
  let start = 0;
  for (const [i, { bytes, place }] of batches.entries()) {
    readCifar(bytes(), images, start, place);
    start += counts[i];
  }
  return images;
}
