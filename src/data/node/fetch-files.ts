import { join } from "node:path";
import type { RemoteSet } from "../images/remote.ts";
import { cacheFolder } from "./cache.ts";
import type { FetchOptions } from "./options.ts";
import { removeParts } from "./partial-file.ts";

/** Downloads a set's files that are not there yet into `dir` or the cache, and returns the folder. */
export async function fetchFiles(
  set: string,
  remote: RemoteSet,
  options: FetchOptions,
  isThere: (folder: string, name: string) => boolean,
): Promise<string> {
  const folder = options.dir ?? join(cacheFolder(), set);
  const mirrors = options.mirrors ?? remote.mirrors;
  const { download } = await import("./download.ts");
  for (const { name, ...known } of remote.files) {
    if (isThere(folder, name)) continue;
    const urls = mirrors.map((mirror) => new URL(name, mirror.endsWith("/") ? mirror : `${mirror}/`).href);
    await download({ ...options, ...known, urls, file: join(folder, name) });
  }
  return folder;
}

/** Removes what killed downloads have left beside the files. Anything that cannot be removed does no harm. */
export async function removeAllParts(folder: string, { files }: RemoteSet): Promise<void> {
  for (const { name } of files) await removeParts(join(folder, name)).catch(() => undefined);
}
