import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { DataError } from "../../files/index.ts";
import type { Dataset } from "../dataset.ts";
import { descriptionOf } from "../entry.ts";
import type { IdxRank } from "../images/idx.ts";
import { type IdxFile, type IdxSet, idxImages } from "../images/idx-set.ts";
import { sets } from "../registry.ts";
import { cacheFolder } from "./cache.ts";
import { fetchFiles, removeAllParts } from "./fetch-files.ts";
import { findFile } from "./find-file.ts";
import { imagesLoaded } from "./images-loaded.ts";
import type { FetchOptions, LoadOptions } from "./options.ts";

const FILES = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
} as const;
type Role = keyof typeof FILES;

/** Loads the data set, and downloads it first if it is not found and downloads are allowed. */
export async function loadIdx(set: IdxSet, options: LoadOptions): Promise<Dataset> {
  const folder = findIdx(set, options.dir) ?? (await obtain(set, options));
  await removeAllParts(folder, set.remote);
  const { readIdxFile } = await import("./idx-file.ts");
  const read = (role: Role, rank: IdxRank) =>
    readIdxFile(pathOf(folder, FILES[role]) ?? join(folder, FILES[role]), rank);
  const trainLabels = await read("trainLabels", 1);
  refuseOther(trainLabels, set);
  const testLabels = await read("testLabels", 1);
  const trainImages = await read("trainImages", 3);
  const testImages = await read("testImages", 3);
  const files = { trainImages, trainLabels, testImages, testLabels };
  return imagesLoaded(idxImages(descriptionOf(set.entry), files, options.limit), options);
}

/** The folder with all four files: `dir` or a usual one below it, if given; else the cache or the system's folder. */
export function findIdx(set: IdxSet, dir: string | undefined): string | undefined {
  return folders(set, dir).find((folder) => missing(folder).length === 0);
}

/** Downloads the missing ones of the four files into `dir` or the cache, and returns the folder. */
export const fetchIdx = ({ entry, remote }: IdxSet, options: FetchOptions): Promise<string> =>
  fetchFiles(entry.name, remote, options, (folder, name) => pathOf(folder, basename(name, ".gz")) !== undefined);

async function obtain(set: IdxSet, options: LoadOptions): Promise<string> {
  if (options.dir === undefined && options.download !== false) return fetchIdx(set, options);
  const { name } = set.entry;
  const looked = folders(set, options.dir);
  const nearly = looked.reduce((best, other) => (missing(other).length < missing(best).length ? other : best));
  const problem = `${missing(nearly).join(", ")} not found in ${nearly}`;
  const also = looked.filter((folder) => folder !== nearly).join(" or ");
  throw new DataError(
    name,
    `${problem}${also && `, nor all four files in ${also}`}`,
    `name their folder, or let ${name} be downloaded`,
  );
}

function folders({ entry, subfolders, systemFolders }: IdxSet, dir: string | undefined): string[] {
  if (dir === undefined) return [join(cacheFolder(), entry.name), ...systemFolders];
  return [dir, ...subfolders.map((folder) => join(dir, folder))];
}

function missing(folder: string): string[] {
  const roles = ["trainImages", "trainLabels", "testImages", "testLabels"] as const;
  return roles.map((role) => FILES[role]).filter((name) => pathOf(folder, name) === undefined);
}

/** A file may be unpacked or gzipped, under its own name or as some unpackers write it: train-images.idx3-ubyte. */
function pathOf(folder: string, name: string): string | undefined {
  const dotted = name.replace("-idx", ".idx");
  return findFile(folder, [name, `${name}.gz`, dotted, `${dotted}.gz`]);
}

/** Checks the labels: the files of all data sets in this format have the same names, so one could be trained under another's name. */
function refuseOther(labels: IdxFile, set: IdxSet): void {
  const hash = createHash("sha256").update(labels.data).digest("hex");
  const other = sets.find((each) => each.kind === "idx" && each.labelsSha256 === hash) ?? set;
  if (other.entry.name === set.entry.name) return;
  const [found, wanted] = [other.entry.name, set.entry.name];
  throw new DataError(
    labels.file,
    `holds the labels of ${found}, expected ${wanted}`,
    `load ${found}, or name another folder`,
  );
}
