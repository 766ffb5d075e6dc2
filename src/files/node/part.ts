import { createHash, randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./file-error.ts";

// An incomplete file has its own name beside the final one: FILE.<host>-<process>-<random>.part. So no two processes write
// to the same part, and a part of a killed process can be recognised: this host has no process of that number; or, for a
// part from another host, it has not grown for longer than a live process would pause.

/** The longest time, in milliseconds, in which a live process may not extend its part. */
export const STALL = 30_000;

/** After this long, a process of that number is another one. */
const DAY = 86_400_000;

const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);

/** The most characters of the file's name in a part's name: names have at most 255 bytes, characters up to 4. */
const LONGEST = 50;

const PART = /\.([\da-f]{6})-(\d+)-[\da-f]{12}\.part$/;

const beginningOf = (file: string): string => `${basename(file).slice(0, LONGEST)}.`;

/** A name for a new part of a file. */
export const partOf = (file: string): string =>
  join(dirname(file), `${beginningOf(file)}${HOST}-${process.pid}-${randomBytes(6).toString("hex")}.part`);

/** The parts of a file that processes left when they were killed, or gave up (FILE.part). */
export const abandonedParts = (file: string): string[] =>
  partsIn(dirname(file)).filter((part) => basename(part).startsWith(beginningOf(file)) && isAbandoned(part));

/**
 * Removes the parts that killed processes have left: of one file, or, in a folder that only we use, of all. Parts that cannot
 * be removed do no harm and stay.
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

/** The host and the process in a part's name. Parts of Downhill 0.1.0 only have the process. */
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
    return errorCode(error) !== "ESRCH"; // otherwise it is another user's
  }
}

/** Milliseconds since it last grew; another process may have just renamed it. */
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
    // Leave it.
  }
}
