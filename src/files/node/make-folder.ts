import { mkdirSync, rmdirSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { DataError } from "../error.ts";
import { errorCode, fileError } from "./file-error.ts";

/** The file system calls in use, which tests replace. */
export interface FolderSystem {
  mkdir(path: string): void;
  rmdir(path: string): void;
  /** Throws if the path does not exist. */
  stat(path: string): Pick<Stats, "isDirectory">;
}

const disk: FolderSystem = { mkdir: (path) => mkdirSync(path), rmdir: rmdirSync, stat: (path) => statSync(path) };

/**
 * Makes a folder and its missing parents, level by level. Returns the topmost folder that it made; undefined if the folder
 * existed. If one cannot be made, the parents made for it are removed again. Node's own recursive mkdir never ends if a folder
 * exists but cannot contain others, as below /proc, and calls a read-only disk "no such file".
 */
export function makeFolder(path: string, system: FolderSystem = disk): string | undefined {
  const made: string[] = [];
  try {
    for (const folder of missing(path, system)) if (makeOne(folder, system)) made.push(folder);
    return made[0];
  } catch (error) {
    for (const folder of made.reverse()) attempt(() => system.rmdir(folder));
    throw fileError(error, path);
  }
}

/** The missing folders, topmost first. */
function missing(path: string, system: FolderSystem): string[] {
  const folders: string[] = [];
  for (let at = path; !isFolder(at, system); at = dirname(at)) {
    folders.unshift(at);
    if (dirname(at) === at) break;
  }
  return folders;
}

/** Whether the folder was made here; another process may have made it first. */
function makeOne(path: string, system: FolderSystem): boolean {
  try {
    system.mkdir(path);
    return true;
  } catch (error) {
    if (isFolder(path, system)) return false;
    if (errorCode(error) !== "ENOENT") throw error;
    throw new DataError(path, `no folder can be made in ${dirname(path)}`, "choose another place", { cause: error });
  }
}

function isFolder(path: string, system: FolderSystem): boolean {
  try {
    return system.stat(path).isDirectory();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // Another process has put something there, or the disk fails: leave it.
  }
}
