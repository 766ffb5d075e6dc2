import { DataError } from "../../files/error.ts";
import type { Dataset } from "../dataset.ts";
import { blobs, type ClassesOptions, moons, spirals } from "../generated.ts";
import { findEntry } from "../registry.ts";
import { checkLimit } from "../split.ts";
import { findCifar, loadCifar } from "./cifar.ts";
import { loadCsv, pathOf } from "./csv.ts";
import { isFile } from "./find-file.ts";
import { fashionMnist, fetchMnist, findMnist, loadMnist, type MnistLike, mnist } from "./mnist.ts";
import type { FetchOptions, LoadOptions } from "./options.ts";

/** What each data set needs done. */
interface Loader {
  load(name: string, options: LoadOptions): Promise<Dataset>;
  /** Where it is; undefined where it is not yet. */
  find(name: string, dir?: string): string | undefined;
  /** Missing where there is nothing to download, or no address to download from. */
  fetch?(options: FetchOptions): Promise<string>;
}

const loaders: Readonly<Record<string, Loader>> = {
  digits: {
    load: async (_, options) => (await import("./digits.ts")).loadDigits(options.limit),
    find: () => "inside the package",
  },
  mnist: ofMnistForm(mnist),
  "fashion-mnist": ofMnistForm(fashionMnist),
  "cifar-10": { load: (_, options) => loadCifar(options), find: (_, dir) => findCifar(dir) },
  moons: generated(moons),
  spirals: generated(spirals),
  blobs: generated(blobs),
  "csv:FILE": { load: loadCsv, find: (name) => [pathOf(name)].find(isFile) },
};

/**
 * Loads a data set: "digits", "mnist", "fashion-mnist", "cifar-10", "moons", "spirals", "blobs" or "csv:FILE".
 *
 * @throws RangeError for an unknown name or an option out of range; DataError for data that cannot be used
 */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<Dataset> {
  checkLimit(options.limit);
  return loaderOf(name).load(name, options);
}

/**
 * Downloads a data set where it is not yet there, into `dir` or the user's cache.
 *
 * @returns where it is now
 */
export async function fetchDataset(name: string, options: FetchOptions = {}): Promise<string> {
  const loader = loaderOf(name);
  const found = loader.find(name, options.dir);
  if (found !== undefined) return found;
  if (loader.fetch) return loader.fetch(options);
  throw new DataError(name, "it cannot be downloaded by this program", `it takes ${findEntry(name).obtain}`);
}

/** Where a data set is, for the list; undefined where it has yet to be fetched. */
export function findDataset(name: string, dir?: string): string | undefined {
  return loaderOf(name).find(name, dir);
}

function loaderOf(name: string): Loader {
  return loaders[findEntry(name).name];
}

function ofMnistForm(set: MnistLike): Loader {
  return {
    load: (_, options) => loadMnist(set, options),
    find: (_, dir) => findMnist(set, dir),
    fetch: (options) => fetchMnist(set, options),
  };
}

function generated(make: (options: ClassesOptions) => Dataset): Loader {
  return { load: async (_, options) => make(options), find: () => "generated when asked for" };
}
