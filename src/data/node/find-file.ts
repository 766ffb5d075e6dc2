import { statSync } from "node:fs";
import { join } from "node:path";

/** Whether there is a regular file: not a folder, pipe or device. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether there is a folder. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * The first file with one of these names in a folder. Some unpackers put a file into a folder of the same name
 * (Kaggle's MNIST: train-images-idx3-ubyte/train-images-idx3-ubyte), so such folders are searched, too.
 */
export function findFile(folder: string, names: readonly string[]): string | undefined {
  const within = (parent: string) => names.map((name) => join(parent, name)).find(isFile);
  return within(folder) ?? names.map((name) => within(join(folder, name))).find((found) => found !== undefined);
}
