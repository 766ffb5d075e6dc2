import { statfsSync } from "node:fs";
import { dirname } from "node:path";

/** The bytes that may still be written to the disk of a path, which need not exist; undefined where the system does not tell. */
export function freeSpace(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return dirname(path) === path ? undefined : freeSpace(dirname(path));
  }
}
