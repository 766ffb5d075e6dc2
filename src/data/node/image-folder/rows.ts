import { DataError } from "../../../files/index.ts";
import { isFolder } from "../find-file.ts";
import type { FetchOptions } from "../options.ts";
import { picturesIn } from "./find-pictures.ts";
import { tellSkipped } from "./load.ts";
import { imageShape, pixelsLike } from "./net-pixels.ts";
import { isPicture } from "./read-picture.ts";

/** An image as a row to predict from. */
export interface PictureRow {
  readonly file: string;
  readonly pixels: Uint8Array;
}

/** Whether a path is that of an image, or of a folder, which may hold some. */
export const mayHavePictures = (path: string): boolean => isPicture(path) || isFolder(path);

/**
 * Reads images, and all images of folders and of the folders below these, as a net takes them: with its number of channels, and resized
 * to its size. A note says how many other files a folder has.
 *
 * @param shape [channels, height, width], 1 or 3 channels
 * @throws DataError for an image that cannot be read, and for a folder without any
 * @throws DataError for a net that takes no images
 */
export async function pictureRows(
  paths: readonly string[],
  shape: readonly number[],
  options: FetchOptions = {},
): Promise<PictureRow[]> {
  const size = imageShape(paths[0], shape);
  const rows: PictureRow[] = [];
  for (const file of paths.flatMap((path) => (isFolder(path) ? listed(path, options) : [path]))) {
    options.signal?.throwIfAborted();
    rows.push({ file, pixels: await pixelsLike(file, size) });
  }
  return rows;
}

function listed(folder: string, options: FetchOptions): string[] {
  const skipped: string[] = [];
  const files = picturesIn(folder, skipped);
  if (files.length === 0)
    throw new DataError(
      folder,
      "there are no PNG or JPEG images in the folder",
      "give images, a folder of them, or a file of rows",
    );
  tellSkipped(folder, skipped, options, "only PNG and JPEG files are read");
  return files;
}
