import { mkdirSync, rmdirSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { DataError } from "../error.ts";
import { errorCode, fileError } from "./file-error.ts";

/** What is asked of the file system. */
export interface FolderSystem {
  mkdir(path: string): void;
  rmdir(path: string): void;
  /** Throws where nothing is there. */
  stat(path: string): Pick<Stats, "isDirectory">;
}

const disk: FolderSystem = { mkdir: (path) => mkdirSync(path), rmdir: rmdirSync, stat: (path) => statSync(path) };

/**
 * Makes a folder and those above it that are missing, level by level. Gives the topmost that it made; undefined where the
 * folder was there. Where one cannot be made, those above it that were made for it are taken back. Node's own recursive
 * mkdir never ends where a folder is there but takes no other, as below /proc, and calls a read-only disk "no such file".
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

/** The folders that are not there yet, the topmost first. */
function missing(path: string, system: FolderSystem): string[] {
  const folders: string[] = [];
  for (let at = path; !isFolder(at, system); at = dirname(at)) {
    folders.unshift(at);
    if (dirname(at) === at) break;
  }
  return folders;
}

/** Whether the folder was made: another process can have been faster. */
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
    // Another process has put something there, or the disk fails: then it stays.
  }
}
