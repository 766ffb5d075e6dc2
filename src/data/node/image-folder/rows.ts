import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileError } from "../../../files/node/index.ts";
import { isFolder } from "../find-file.ts";
import { imageShape, pixelsLike } from "./net-pixels.ts";
import { isPicture } from "./read-picture.ts";

/** An image as a row to predict from. */
export interface PictureRow {
  readonly file: string;
  readonly pixels: Uint8Array;
}

/** Whether a path is that of an image, or of a folder with images in it. */
export const hasPictures = (path: string): boolean => isPicture(path) || (isFolder(path) && listed(path).length > 0);

/**
 * Reads an image, or all images of a folder, as a net takes them: with its number of channels, and resized to its size.
 *
 * @param shape [channels, height, width], 1 or 3 channels
 * @throws DataError for an image that cannot be read
 * @throws DataError for a net that takes no images
 */
export async function pictureRows(path: string, shape: readonly number[]): Promise<PictureRow[]> {
  const size = imageShape(path, shape);
  const rows: PictureRow[] = [];
  for (const file of isFolder(path) ? listed(path) : [path]) rows.push({ file, pixels: await pixelsLike(file, size) });
  return rows;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith(".") && isPicture(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw fileError(error, folder);
  }
}
