import { unknownName } from "../arguments/index.ts";
import type { AssetSet } from "./asset-set.ts";
import { type CifarSet, cifar10 } from "./cifar.ts";
import { digits } from "./digits.ts";
import type { Entry } from "./entry.ts";
import { fashionMnist } from "./fashion-mnist.ts";
import * as generated from "./generated/index.ts";
import type { IdxSet } from "./idx-set.ts";
import { mnist } from "./mnist.ts";
import type { GeneratedSet } from "./points.ts";

/** The user's own table. */
interface TableFile {
  readonly kind: "table";
  readonly entry: Entry;
}

/** What is known of a data set before it is read. `kind` decides how it is loaded: in Node, by node/load.ts. */
export type KnownSet = AssetSet | IdxSet | CifarSet | GeneratedSet | TableFile;

const csvFile: TableFile = {
  kind: "table",
  entry: {
    name: "csv:FILE",
    title: "Your own table: numbers, and a target in the last column",
    source: "your file",
    licence: "yours",
    obtain: "name the file after the colon",
    ownFile: true,
  },
};

/** Every data set: from files, generated, and a user's own. */
export const sets: readonly KnownSet[] = [digits, mnist, fashionMnist, cifar10, ...Object.values(generated), csvFile];

/** The list of every data set that `loadDataset` knows. */
export const datasets: readonly Entry[] = sets.map(({ entry }) => entry);

/** The data set with a name such as "mnist" or "csv:houses.csv". Throws a RangeError with the nearest name if there is none. */
export function findSet(name: string): KnownSet {
  const found = sets.find(({ entry }) => entry.name === (name.startsWith("csv:") ? csvFile.entry.name : name));
  if (found) return found;
  const names = datasets.map((entry) => entry.name);
  throw new RangeError(unknownName("the data set", name, names, "downhill data"));
}

/** The entry for a name such as "mnist" or "csv:houses.csv". Throws a RangeError with the nearest name if there is none. */
export function findEntry(name: string): Entry {
  return findSet(name).entry;
}
