import { rename, rm, utimes } from "node:fs/promises";
import { abandonedParts, errorCode, partOf } from "../../files/node/index.ts";

// A download grows in a partial file that only its own process knows. A process that gives up renames it to FILE.part, where the
// next one finds it and takes it by renaming it again, which only one process can do. Partial files of killed processes are taken,
// too.

/** Takes over a partial file of an earlier attempt, if there is one, and returns the path to write to. */
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

/** Leaves a partial file for the next attempt. */
export async function releasePart(part: string, file: string): Promise<void> {
  await renamed(part, `${file}.part`);
}

/** Removes partial files of earlier attempts, now that the file is complete. */
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
