import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../../files/index.ts";
import { fileError } from "../../../files/node/index.ts";
import { inColour, inGrey, resized } from "../../images/picture.ts";
import { isFolder } from "../find-file.ts";
import { isPicture, readPicture } from "./read-picture.ts";

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
  const [channels, height, width] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3))
    throw new DataError(path, `the net takes inputs of shape ${shape.join(" × ")}, not images`, "give a file of rows");
  const rows: PictureRow[] = [];
  for (const file of isFolder(path) ? listed(path) : [path]) {
    const picture = await readPicture(file);
    const { pixels } = resized(channels === 1 ? inGrey(picture) : inColour(picture), height, width);
    rows.push({ file, pixels });
  }
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
