import { createHash, randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./file-error.ts";

// What is not whole yet has a name of its own beside the one that it will get: FILE.<host>-<process>-<random>.part. So
// no two processes write to one, and a part whose process was killed can be told: no process of that number is on this
// host; or, where it is another host's, the part has not grown for longer than a live process leaves it.

/** How long a live process may leave a part as it is, in milliseconds. */
export const STALL = 30_000;

/** By then a process of that number is another one. */
const DAY = 86_400_000;

const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);

/** Names have at most 255 bytes, and a character up to 4. */
const LONGEST = 50;

const PART = /\.([\da-f]{6})-(\d+)-[\da-f]{12}\.part$/;

const beginningOf = (file: string): string => `${basename(file).slice(0, LONGEST)}.`;

/** A new part for a file. */
export const partOf = (file: string): string =>
  join(dirname(file), `${beginningOf(file)}${HOST}-${process.pid}-${randomBytes(6).toString("hex")}.part`);

/** What processes that were killed, or have given up (FILE.part), have left of a file. */
export const abandonedParts = (file: string): string[] =>
  partsIn(dirname(file)).filter((part) => basename(part).startsWith(beginningOf(file)) && isAbandoned(part));

/**
 * Removes the parts that killed processes have left: of one file, or, in a folder that is ours alone, of all. What cannot
 * be removed does no harm, and stays.
 */
export function sweepParts(folder: string, file?: string): void {
  for (const part of partsIn(folder)) {
    const isOfFile = file === undefined || (basename(part).startsWith(beginningOf(file)) && PART.test(part));
    if (isOfFile && ownerOf(part) !== undefined && isAbandoned(part)) removeQuietly(part);
  }
}

function partsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".part"));
    return names.map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function isAbandoned(part: string): boolean {
  const owner = ownerOf(part);
  if (owner?.host === HOST) return !isAlive(owner.process) || age(part) > DAY;
  const isGivenUp = owner === undefined && !/\.[\da-f]{12}\.part$/.test(part);
  return isGivenUp || age(part) > 2 * STALL;
}

/** The host and the process that a part's name tells. Parts of Downhill 0.1.0 tell the process alone. */
function ownerOf(part: string): { readonly host: string; readonly process: number } | undefined {
  const [, host = HOST, process] = PART.exec(part) ?? [];
  if (process !== undefined) return { host, process: Number(process) };
  const [, alone] = /\.(\d{1,7})\.part$/.exec(part) ?? [];
  return alone === undefined ? undefined : { host, process: Number(alone) };
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0); // sends nothing
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH"; // another user's
  }
}

/** Milliseconds since it grew; another process may have just renamed it. */
function age(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays.
  }
}
