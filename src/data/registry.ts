import { unknownName } from "../arguments/index.ts";
import type { AssetSet } from "./asset-set.ts";
import { digits } from "./digits.ts";
import type { Entry } from "./entry.ts";
import * as generated from "./generated/index.ts";
import { type CifarSet, cifar10 } from "./images/cifar.ts";
import { fashionMnist } from "./images/fashion-mnist.ts";
import type { IdxSet } from "./images/idx-set.ts";
import { mnist } from "./images/mnist.ts";
import type { GeneratedSet } from "./points.ts";

/** The user's own files, named after a prefix: "csv:houses.csv". */
interface OwnFiles {
  readonly kind: "table" | "npy" | "idx-folder" | "image-folder";
  readonly prefix: string;
  readonly entry: Entry;
}

/** What is known of a data set before it is read. `kind` decides how it is loaded: in Node, by node/load.ts. */
export type KnownSet = AssetSet | IdxSet | CifarSet | GeneratedSet | OwnFiles;

const own = (kind: OwnFiles["kind"], name: string, title: string, obtain: string): OwnFiles => ({
  ...{ kind, prefix: name.slice(0, name.indexOf(":")) },
  entry: {
    ...{ name, title, source: "your file", licence: "yours", obtain, ownFile: true },
    ...((kind === "table" || kind === "npy") && { hasColumns: true }),
  },
});

const ownFiles: readonly OwnFiles[] = [
  own(
    "table",
    "csv:FILE",
    "Your own table: a text with a row a line",
    "the file's path; csv: may be left out, - is standard input",
  ),
  own("table", "parquet:FILE", "Your own table, as Parquet", "the file's path"),
  own(
    "npy",
    "npy:FILE",
    "Your own numbers, from numpy.save",
    "the path, targets in the last column; or two, inputs,targets",
  ),
  own(
    "npy",
    "npz:FILE",
    "Your own arrays, from numpy.savez",
    "the path; arrays x and y, or x_train, y_train, x_test, y_test",
  ),
  own("idx-folder", "idx:FOLDER", "Your own images, in MNIST's format", "a folder with four IDX files"),
  own(
    "image-folder",
    "images:FOLDER",
    "Your own images, as PNG or JPEG",
    "a folder with a folder for each class, or with train and test",
  ),
];

/** Every data set: from files, generated, and a user's own. */
export const sets: readonly KnownSet[] = [
  digits,
  mnist,
  fashionMnist,
  cifar10,
  ...Object.values(generated),
  ...ownFiles,
];

/** The list of every data set that `loadDataset` knows. */
export const datasets: readonly Entry[] = sets.map(({ entry }) => entry);

/** The endings of files by the prefix of their names. */
const ENDINGS: readonly (readonly [prefix: string, RegExp])[] = [
  ["csv", /\.(csv|tsv|tab|txt|dat|data)(\.gz)?$/i],
  ["parquet", /\.(parquet|pq)$/i],
  ["npy", /\.npy$/i],
  ["npz", /\.npz$/i],
];

const prefixOf = (name: string): string | undefined =>
  ownFiles.find(({ prefix }) => name.startsWith(`${prefix}:`))?.prefix;

/** A data set's name in full: a path such as "houses.csv" stands for "csv:houses.csv". */
export function canonicalName(name: string): string {
  if (prefixOf(name) !== undefined || sets.some(({ entry }) => entry.name === name)) return name;
  const prefix = ENDINGS.find(([, ending]) => ending.test(name))?.[0] ?? (/[/\\]/.test(name) ? "csv" : undefined);
  return prefix === undefined ? name : `${prefix}:${name}`;
}

/** Whether a name is that of a known data set that is no table: "mnist", "images:photos" or "own.npz". */
export function isArrays(given: string): boolean {
  const name = canonicalName(given);
  const prefix = prefixOf(name);
  return sets.some((set) =>
    "prefix" in set ? set.kind !== "table" && set.prefix === prefix : set.entry.name === name,
  );
}

/** The data set with a name such as "mnist" or "csv:houses.csv". Throws a RangeError with the nearest name if there is none. */
export function findSet(name: string): KnownSet {
  const prefix = prefixOf(canonicalName(name));
  const found = sets.find((set) =>
    prefix === undefined ? set.entry.name === name : "prefix" in set && set.prefix === prefix,
  );
  if (found) return found;
  const names = datasets.map((entry) => entry.name);
  throw new RangeError(unknownName("the data set", name, names, "downhill data"));
}

/** The entry for a name such as "mnist" or "csv:houses.csv". Throws a RangeError with the nearest name if there is none. */
export function findEntry(name: string): Entry {
  return findSet(name).entry;
}
