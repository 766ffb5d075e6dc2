import { DataError } from "../../../files/index.ts";
import type { Shape } from "../../images/images.ts";
import { inColour, inGrey, resized } from "../../images/picture.ts";
import { readPicture } from "./read-picture.ts";

/**
 * The shape of a net's inputs as that of an image: [channels, height, width], 1 or 3 channels.
 *
 * @param path the image or the folder that the net is to take, for the error
 * @throws DataError for a net that takes no images
 */
export function imageShape(path: string, shape: readonly number[]): Shape {
  const [channels, height, width] = shape;
  if (shape.length === 3 && (channels === 1 || channels === 3)) return [channels, height, width];
  throw new DataError(path, `the net takes inputs of shape ${shape.join(" × ")}, not images`, "give a file of rows");
}

/**
 * The pixels of an image as a net takes them: with its number of channels, and resized to its size.
 *
 * @throws DataError for an image that cannot be read
 */
export async function pixelsLike(file: string, [channels, height, width]: Shape): Promise<Uint8Array> {
  const picture = await readPicture(file);
  return resized(channels === 1 ? inGrey(picture) : inColour(picture), height, width).pixels;
}
