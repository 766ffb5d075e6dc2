import {
  checkNumber,
  checkOptions,
  checkText,
  domains,
  type Elsewhere,
  quoteValue,
  unknownName,
  whole,
} from "../../arguments/index.ts";
import { DataError, setting } from "../../files/index.ts";
import type { AssetSet } from "../asset-set.ts";
import type { Dataset } from "../dataset.ts";
import type { CifarSet } from "../images/cifar.ts";
import type { IdxSet } from "../images/idx-set.ts";
import { preparedLike } from "../prepared-values.ts";
import { canonicalName, findEntry, findSet } from "../registry.ts";
import { checkLimit } from "../split.ts";
import type { Preprocessing } from "../table/preprocessing.ts";
import type { RawTable } from "../table/raw-table.ts";
import { withClassWeights } from "../weights/class-weights.ts";
import { fetchCifar, findCifar, loadCifar } from "./cifar.ts";
import { isFile, isFolder } from "./find-file.ts";
import { fetchIdx, findIdx, loadIdx } from "./idx-set.ts";
import { type FetchOptions, fetchOptions, type LoadOptions, loadOptions, whitenings } from "./options.ts";
import { loadTableSet, loadTables, pathOf } from "./table.ts";

/** How to find, load and download a data set. */
interface Loader {
  load(name: string, options: LoadOptions): Promise<Dataset>;
  /** Where it is; undefined if it is not there yet. */
  find(name: string, dir?: string): string | undefined;
  /** Whether it loads images that can be whitened. */
  readonly whitens?: true;
  /** Missing if there is nothing to download, or no address to download from. */
  fetch?(options: FetchOptions): Promise<string>;
}

/** The command's and other libraries' names of options. */
const elsewhere: Elsewhere = {
  ...{ predict: ["target"], label: ["target"], labels: ["target"], y: ["target"], "label-column": ["target"] },
  ...{ sep: ["delimiter"], separator: ["delimiter"], delim: ["delimiter"], "na-values": ["notMissing"] },
  ...{
    "sample-weight": ["weights"],
    "sample-weights": ["weights"],
    "class-weight": ["classWeights"],
    "data-dir": ["dir"],
    "cache-dir": ["dir"],
    root: ["dir"],
    "random-state": ["seed"],
    "n-samples": ["count", "limit"],
  },
};

/** What names a data set. */
const NAMED = '"digits" or "houses.csv"';

/**
 * Loads a data set by its name in the list `datasets`, such as "digits", "mnist", "moons" or "csv:houses.csv".
 *
 * @throws RangeError for an unknown name or an option out of range; DataError for data that cannot be used
 */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<Dataset> {
  if (typeof name !== "string") checkText("loadDataset: the data set", name, NAMED);
  checkOptions("loadDataset", options, loadOptions, 'loadDataset("digits", { limit: 100 })', elsewhere);
  checkLimit(options.limit);
  if (options.imageSize !== undefined) checkImageSize(name, options.imageSize);
  if (options.mostInMemory !== undefined) checkNumber("mostInMemory", options.mostInMemory, domains.notNegative);
  checkWhiten(name, options);
  const data = await loaderOf(name).load(canonicalName(name), options);
  if (options.weights !== undefined && data.train.weights === undefined)
    throw new DataError(name, "it is no table, so it has no column of weights", "leave the weights out");
  if (options.groups !== undefined && data.columns === undefined)
    throw new DataError(name, "it is no table, so it has no column of groups", "leave the groups out");
  const prepared = await preparedBy(data, findSet(name).kind === "table" ? undefined : options.preprocessing);
  return prepared.classWeights === undefined ? withClassWeights(prepared, options.classWeights) : prepared;
}

/** A data set in memory as a trained net takes it: with its means and deviations, and its whitening. */
export async function preparedBy(data: Dataset, preprocessing: Preprocessing | undefined): Promise<Dataset> {
  if (preprocessing === undefined) return data;
  const prepared = preparedLike(data, preprocessing, sizeAdvice(data, preprocessing));
  const { inputs } = preprocessing;
  if (inputs.kind !== "values" || inputs.whitening === undefined) return prepared;
  const { whitenedBy, withNumbers } = await import("../whitening/index.ts");
  const whitening = withNumbers(inputs.whitening);
  if (whitening === undefined) return prepared;
  const { nodeDevice } = await import("../../device/node/index.ts");
  return whitenedBy(prepared, whitening, await nodeDevice());
}

/** Images of files can be resized to the net's size, where they have its channels. */
function sizeAdvice({ name, inputShape }: Dataset, { inputs }: Preprocessing): string | undefined {
  if (findSet(name).kind !== "image-folder" || inputs.kind !== "values") return undefined;
  const [channels, height, width] = inputs.shape;
  if (inputs.shape.length !== 3 || channels !== inputShape[0]) return undefined;
  return `resize the images to the net's size: ${setting(`--image-size ${width}x${height}`, `imageSize: [${width}, ${height}]`)}`;
}

/** Only images of files of any size are resized. */
function checkImageSize(name: string, size: unknown): void {
  if (!Array.isArray(size) || size.length !== 2)
    throw new TypeError(`imageSize is ${quoteValue(size)}; give width and height, such as [32, 32]`);
  for (const length of size) checkNumber("imageSize", length, whole(1, MOST_LENGTH));
  if (findSet(name).kind !== "image-folder")
    throw new DataError(name, "its images have a size of their own", "leave the size out");
}

/** The most pixels of a side. */
const MOST_LENGTH = 10_000;

/** Only images are whitened, and not by themselves where a trained net says how. */
function checkWhiten(name: string, { whiten, preprocessing }: LoadOptions): void {
  if (whiten === undefined) return;
  if (!whitenings.includes(whiten)) throw new RangeError(unknownName("whiten", String(whiten), whitenings));
  if (whiten === "none") return;
  if (preprocessing !== undefined)
    throw new DataError(
      name,
      "the net decides how its inputs are prepared, so they are not whitened anew",
      "leave whitening out",
    );
  if (loaderOf(name).whitens !== true)
    throw new DataError(name, "only images in memory as bytes are whitened", "leave whitening out");
}

/**
 * A table as it is read, before anything is decided about its columns; undefined if the name is not that of a table file.
 *
 * @throws DataError for a file that cannot be read as a table
 */
export async function loadTable(name: string, options: LoadOptions = {}): Promise<RawTable | undefined> {
  checkOptions("loadTable", options, loadOptions, 'loadTable("houses.csv")');
  return findSet(name).kind === "table" ? loadTables(canonicalName(name), options) : undefined;
}

/**
 * Downloads a data set into `dir` or the user's cache, unless it is there already.
 *
 * @returns the path of its file or folder
 * @throws RangeError for an unknown name; DataError for a failed download, or for a data set that cannot be downloaded
 */
export async function fetchDataset(name: string, options: FetchOptions = {}): Promise<string> {
  checkText("fetchDataset: the data set", name, NAMED);
  checkOptions("fetchDataset", options, fetchOptions, 'fetchDataset("mnist", { dir: "data" })');
  const loader = loaderOf(name);
  const found = loader.find(name, options.dir);
  if (found !== undefined) return found;
  if (loader.fetch) return loader.fetch(options);
  throw new DataError(name, "it cannot be downloaded by this program", `how to get it: ${findEntry(name).obtain}`);
}

/**
 * Where a data set is: the path of its files, or words such as "inside the package"; undefined if it must be downloaded
 * first. Throws a RangeError for an unknown name.
 */
export function findDataset(name: string, dir?: string): string | undefined {
  checkText("findDataset: the data set", name, NAMED);
  return loaderOf(name).find(name, dir);
}

function loaderOf(name: string): Loader {
  const set = findSet(name);
  switch (set.kind) {
    case "asset":
      return ofAsset(set);
    case "idx":
      return ofIdx(set);
    case "cifar":
      return ofCifar(set);
    case "generated":
      return { load: async (_, options) => set(options), find: () => set.entry.obtain };
    case "table":
      return { load: loadTableSet, find: (path) => [pathOf(canonicalName(path))].find(isFile) };
    case "npy":
      return {
        load: async (path, options) => (await import("./npy.ts")).loadNpy(path, options),
        find: (path) => [pathOf(canonicalName(path))].find(isFile),
      };
    case "image-folder":
      return {
        whitens: true,
        load: async (path, options) => (await import("./image-folder/index.ts")).loadImageFolder(path, options),
        find: (path) => [pathOf(path)].find(isFolder),
      };
    case "idx-folder":
      return {
        whitens: true,
        load: async (path, options) => (await import("./idx-folder.ts")).loadIdxFolder(path, options),
        find: (path) => [pathOf(path)].find(isFolder),
      };
  }
}

function ofAsset(set: AssetSet): Loader {
  return {
    whitens: true,
    load: async (_, options) => (await import("./asset-set.ts")).loadAsset(set, options),
    find: () => set.entry.obtain,
  };
}

function ofCifar(set: CifarSet): Loader {
  return {
    whitens: true,
    load: (_, options) => loadCifar(set, options),
    find: (_, dir) => findCifar(set, dir),
    fetch: (options) => fetchCifar(set, options),
  };
}

function ofIdx(set: IdxSet): Loader {
  return {
    whitens: true,
    load: (_, options) => loadIdx(set, options),
    find: (_, dir) => findIdx(set, dir),
    fetch: (options) => fetchIdx(set, options),
  };
}
