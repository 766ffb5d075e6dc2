import { DataError } from "../../files/index.ts";
import type { FullEntry } from "../entry.ts";
import { type ByteImages, checkLabels } from "./images.ts";

/** Red, green and blue planes of 32 × 32. */
export const cifarShape = [3, 32, 32] as const;

/** A data set from those of the six files of CIFAR-10's binary version that are present. */
export interface CifarSet {
  readonly kind: "cifar";
  readonly entry: FullEntry;
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
    obtain: "a folder with the binary version of https://www.cs.toronto.edu/~kriz/cifar.html",
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
