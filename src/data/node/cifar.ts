import { basename, dirname, join } from "node:path";
import { DataError } from "../../files/index.ts";
import type { Dataset } from "../dataset.ts";
import { descriptionOf } from "../entry.ts";
import { type CifarSet, cifarShape } from "../images/cifar.ts";
import { range } from "../split.ts";
import { cacheFolder } from "./cache.ts";
import { type CifarImages, cifarIn, cifarInArchive, filesIn, TEST, TRAIN } from "./cifar-files.ts";
import { fetchFiles, removeAllParts } from "./fetch-files.ts";
import { findFile, isFile, isFolder } from "./find-file.ts";
import { imagesLoaded } from "./images-loaded.ts";
import type { FetchOptions, LoadOptions } from "./options.ts";

/** The last tenth of the training images, 5,000 of 50,000, is the validation set. */
const VALIDATION_SHARE = 1 / 10;

/**
 * Loads CIFAR-10 from its binary version, unpacked or in its archive, and downloads the archive first if nothing is found and downloads
 * are allowed. Training batches may be missing: a note says so.
 */
export async function loadCifar(set: CifarSet, options: LoadOptions): Promise<Dataset> {
  const place = findCifar(set, options.dir) ?? (await obtain(set, options));
  await removeAllParts(isFile(place) ? dirname(place) : place, set.remote);
  const found = isFile(place) ? await cifarInArchive(place) : cifarIn(place);
  const { images, testImages, batches } = found;
  checkWhole(found, place);
  const count = images.labels.length;
  const kept = count - Math.floor(count * VALIDATION_SHARE);
  if (kept === count) throw new DataError(place, `has ${count} training images, expected at least 10`, "add images");
  const note = `${batches} of ${TRAIN.length} training batches, ${count} images`;
  if (batches < TRAIN.length) options.onProgress?.({ kind: "note", message: `cifar-10: only ${note}` });
  const source = {
    description: { ...descriptionOf(set.entry), source: `${set.entry.source}; ${note}` },
    inputShape: cifarShape,
    images,
    testImages,
    split: { train: range(0, kept), validation: range(kept, count), test: range(0, testImages.labels.length) },
    limit: options.limit,
  };
  return imagesLoaded(source, options);
}

/** An archive may lack what a folder was chosen for. */
function checkWhole({ batches, testImages }: CifarImages, place: string): void {
  const missing = batches === 0 ? TRAIN[0] : testImages.labels.length === 0 ? TEST : undefined;
  if (missing === undefined) return;
  const other = /python|-py/.test(basename(place)) ? ": this is the version for Python" : "";
  throw new DataError(place, `there is no ${missing} in it${other}`, "get cifar-10-binary.tar.gz");
}

/**
 * Where CIFAR-10 is: a folder that holds a training batch and the test batch, `dir`, one below it, or else the cache; or the archive
 * in such a folder; or `dir` itself if that is a file.
 */
export function findCifar({ remote }: CifarSet, dir: string | undefined): string | undefined {
  const parent = dir ?? join(cacheFolder(), "cifar-10");
  if (isFile(parent)) return parent;
  const [{ name }] = remote.files;
  const complete = foldersIn(parent).find((folder) => missingIn(folder).length === 0);
  return complete ?? findFile(parent, [name, basename(name, ".gz")]);
}

const foldersIn = (parent: string): string[] => [parent, join(parent, "cifar-10-batches-bin")];

/** What a folder lacks: one training batch is enough. */
const missingIn = (folder: string): string[] =>
  [TRAIN, [TEST]].filter((names) => filesIn(folder, names).length === 0).map(([name]) => name);

/** Downloads the archive into `dir` or the cache, and returns its path. */
export async function fetchCifar({ entry, remote }: CifarSet, options: FetchOptions): Promise<string> {
  const folder = await fetchFiles(entry.name, remote, options, (there, name) => isFile(join(there, name)));
  return join(folder, remote.files[0].name);
}

async function obtain(set: CifarSet, options: LoadOptions): Promise<string> {
  if (options.dir === undefined && options.download !== false) return fetchCifar(set, options);
  const where = options.dir ?? join(cacheFolder(), set.entry.name);
  const missing = foldersIn(where).map(missingIn);
  const fewest = missing.reduce((best, other) => (other.length < best.length ? other : best));
  const [{ name }] = set.remote.files;
  const isPython = ["cifar-10-batches-py", "cifar-10-python.tar.gz"].some((other) =>
    [isFile, isFolder].some((is) => is(join(where, other))),
  );
  throw new DataError(
    "cifar-10",
    `${fewest.join(" and ")} not found in ${where}, nor ${name}${isPython ? ", only the version for Python" : ""}`,
    `get ${set.remote.mirrors[0]}${name} and name its folder, or let cifar-10 be downloaded`,
  );
}
