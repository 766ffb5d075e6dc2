import { randomBytes } from "node:crypto";
import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./file-error.ts";

// A download grows in a part file that one process alone knows: FILE.<random>.part. A process that gives up renames it
// to FILE.part, where the next one finds it; that one takes it by renaming it again, which only one can do. Part files
// of processes that were killed are taken once they have not grown for longer than a live download may stand still.

/** How long a download may stand still, in milliseconds, before it is given up. */
export const STALL = 30_000;

/** Takes over what an earlier attempt has left of a file, if anything, and returns the path to write to. */
export async function claimPart(file: string): Promise<string> {
  const own = `${file}.${randomBytes(6).toString("hex")}.part`;
  for (const left of await abandoned(file)) {
    if (!(await renamed(left, own))) continue;
    const now = new Date();
    await utimes(own, now, now); // no longer abandoned
    break;
  }
  return own;
}

/** Leaves a part for the next attempt. */
export async function releasePart(part: string, file: string): Promise<void> {
  await renamed(part, `${file}.part`);
}

/** Removes what earlier attempts have left of a file, now that it is there. */
export async function removeParts(file: string): Promise<void> {
  for (const left of await abandoned(file)) await rm(left, { force: true });
}

async function abandoned(file: string): Promise<string[]> {
  const folder = dirname(file);
  const name = basename(file);
  const parts = (await readdir(folder)).filter((other) => other.startsWith(`${name}.`) && other.endsWith(".part"));
  const free = await Promise.all(
    parts.map(async (part) => part === `${name}.part` || (await age(join(folder, part))) > 2 * STALL),
  );
  return parts.filter((_, i) => free[i]).map((part) => join(folder, part));
}

async function age(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined); // another process may have just renamed it
  return found ? Date.now() - found.mtimeMs : 0;
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
