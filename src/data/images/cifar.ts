import { DataError } from "../../files/index.ts";
import type { FullEntry } from "../entry.ts";
import { type ByteImages, checkLabels } from "./images.ts";
import type { RemoteSet } from "./remote.ts";

/** Red, green and blue planes of 32 × 32. */
export const cifarShape = [3, 32, 32] as const;

/** A data set from those of the six files of CIFAR-10's binary version that are present, or from the archive of all. */
export interface CifarSet {
  readonly kind: "cifar";
  readonly entry: FullEntry;
  /** The archive. */
  readonly remote: RemoteSet;
}

export const cifar10: CifarSet = {
  kind: "cifar",
  entry: {
    name: "cifar-10",
    title: "Photographs in colour, 32 × 32",
    task: "classification",
    inputShape: cifarShape,
    classes: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
    counts: [45_000, 5000, 10_000],
    source: "A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images (2009)",
    licence: "none stated; made for research, credit its author",
    obtain: "downloaded at first use, or a folder with cifar-10-binary.tar.gz or its files",
  },
  // The author publishes an MD5, c32a1d4ab5d03f1284b67883e8d87530; the SHA-256 of the same file is TensorFlow Datasets'.
  remote: {
    mirrors: ["https://www.cs.toronto.edu/~kriz/"],
    files: [
      {
        ...{ name: "cifar-10-binary.tar.gz", bytes: 170_052_171 },
        sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      },
    ],
  },
};

const PIXELS = 3 * 32 * 32;
const RECORD = 1 + PIXELS;

/** Ten times as many images as a file of CIFAR-10 has. */
const MOST_IMAGES = 100_000;

/** How many records a file of this many bytes holds. */
export function cifarCount(size: number, file: string): number {
  const count = size / RECORD;
  if (Number.isInteger(count) && count > 0 && count <= MOST_IMAGES) return count;
  const problem = `has ${size} bytes, expected a multiple of ${RECORD} (a label and ${PIXELS} pixels), up to ${MOST_IMAGES} times`;
  throw new DataError(file, problem, "it is truncated or not CIFAR-10's binary version: get it again");
}

/** Copies a file's records into `into`, beginning at image `start`. */
export function readCifar(bytes: Uint8Array, into: ByteImages, start: number, file: string): void {
  const count = cifarCount(bytes.length, file);
  for (let i = 0; i < count; i++) {
    const record = bytes.subarray(i * RECORD, (i + 1) * RECORD);
    into.labels[start + i] = record[0];
    into.pixels.set(record.subarray(1), (start + i) * PIXELS);
  }
  checkLabels(into.labels.subarray(start, start + count), cifar10.entry.classes.length, file);
}
