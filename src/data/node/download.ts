import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { DataError } from "../../files/index.ts";
import { errorCode, fileError, makeFolder } from "../../files/node/index.ts";
import type { Checksum } from "../images/remote.ts";
import type { FetchOptions } from "./options.ts";
import { claimPart, releasePart, removeParts } from "./partial-file.ts";
import { type Problem, receive } from "./receive.ts";

/** A file to download, how to verify it, and callbacks. */
export type Download = Pick<FetchOptions, "onProgress" | "signal"> &
  Checksum & {
    /** The same file on several mirrors, tried in this order. */
    readonly urls: readonly string[];
    /** The path to download it to. */
    readonly file: string;
    readonly bytes: number;
  };

/** How often to try a mirror that does not answer or breaks off. */
const ATTEMPTS = 4;

/**
 * Downloads a file from the first mirror that has it, resuming where an earlier attempt broke off. The file is moved into place only
 * when it is complete and its checksum is right. Processes that do so at the same time do not disturb each other.
 *
 * @throws DataError if no mirror supplies the file, or it cannot be written
 */
export async function download(wanted: Download): Promise<void> {
  const { file } = wanted;
  try {
    makeFolder(dirname(file));
    const part = await claimPart(file);
    try {
      await fill(part, wanted);
      await rename(part, file);
    } catch (error) {
      await releasePart(part, file);
      throw error;
    }
    await removeParts(file);
  } catch (error) {
    throw fileError(error, file);
  }
}

async function fill(part: string, wanted: Download): Promise<void> {
  const problems = new Set<string>();
  for (const url of wanted.urls) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const problem = await attemptOnce(url, part, wanted);
      if (problem === undefined) return;
      problems.add(`${new URL(url).host}: ${problem.text}`);
      if (problem.final) break;
    }
  }
  const advice = "try again later, or get the file otherwise and name its folder";
  throw new DataError(basename(wanted.file), `no mirror gave it (${[...problems].join("; ")})`, advice);
}

async function attemptOnce(url: string, part: string, wanted: Download): Promise<Problem | undefined> {
  const start = await lengthOf(part);
  if (start < wanted.bytes) {
    const problem = await receive({ ...wanted, url, part, start });
    if (problem) return problem;
  }
  if (await isRight(part, wanted)) return undefined;
  await rm(part, { force: true });
  return { text: "the checksum is wrong", final: start === 0 }; // a beginning from elsewhere may be to blame: once more
}

async function lengthOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  }
}

async function isRight(file: string, wanted: Checksum): Promise<boolean> {
  const [algorithm, expected] = "sha256" in wanted ? ["sha256", wanted.sha256] : ["md5", wanted.md5];
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex") === expected;
}
