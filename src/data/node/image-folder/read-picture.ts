import { extname } from "node:path";
import { DataError } from "../../../files/index.ts";
import { readBytes } from "../../../files/node/index.ts";
import type { Picture } from "../../images/picture.ts";

/** The endings of files that are read as images. */
const ENDINGS: ReadonlySet<string> = new Set([".png", ".jpg", ".jpeg", ".jpe", ".jfif"]);

/** Whether a file's name ends as that of an image that can be read. */
export const isPicture = (path: string): boolean => ENDINGS.has(extname(path).toLowerCase());

/** The most bytes of an image's file. */
const LARGEST = 2 ** 28;

/**
 * Reads an image: PNG or JPEG, as its first bytes say, whatever its ending. The decoders are loaded when they are first needed.
 *
 * @throws DataError for a file that cannot be read, is no such image, is damaged or truncated
 */
export async function readPicture(file: string): Promise<Picture> {
  const bytes = readBytes(file, LARGEST);
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return (await import("./png.ts")).readPng(bytes, file);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return (await import("./jpeg.ts")).readJpeg(bytes, file);
  const problem = bytes.length === 0 ? "the file is empty" : "it is neither PNG nor JPEG, although its name says so";
  throw new DataError(file, problem, "remove it, or save it as PNG");
}
