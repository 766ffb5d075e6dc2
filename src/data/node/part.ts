import { rename, rm, utimes } from "node:fs/promises";
import { abandonedParts, errorCode, partOf } from "../../files/node/index.ts";

// A download grows in a part that one process alone knows. A process that gives up renames it to FILE.part, where the
// next one finds it; that one takes it by renaming it again, which only one can do. Parts of processes that were killed
// are taken, too.

/** Takes over what an earlier attempt has left of a file, if anything, and returns the path to write to. */
export async function claimPart(file: string): Promise<string> {
  const own = partOf(file);
  for (const left of abandonedParts(file)) {
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
  for (const left of abandonedParts(file)) await rm(left, { force: true });
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
