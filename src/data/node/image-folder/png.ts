import { PNG } from "pngjs";
import { DataError } from "../../../files/index.ts";
import type { Picture } from "../../images/picture.ts";

/** PNG's colour types without colour: grey, and grey with transparency. */
const GREY: ReadonlySet<number> = new Set([0, 4]);

/**
 * Reads a PNG file of any colour type and depth, interlaced or not. 16 bits are rounded to 8, and transparency is left out, so that a pixel
 * has the colour that the file gives it.
 *
 * @throws DataError for a file that is damaged or truncated
 */
export function readPng(bytes: Uint8Array, file: string): Picture {
  const { width, height, data, colorType } = decoded(bytes, file);
  const channels = GREY.has(colorType) ? 1 : 3;
  const plane = width * height;
  const pixels = new Uint8Array(channels * plane);
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < plane; i++) pixels[channel * plane + i] = data[4 * i + channel];
  return { channels, height, width, pixels };
}

function decoded(bytes: Uint8Array, file: string): { width: number; height: number; data: Buffer; colorType: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length >= COLOUR_TYPE && view.getUint32(16) * view.getUint32(20) > MOST_PIXELS)
    throw new DataError(file, "the image is too large", "make it smaller");
  try {
    const image = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { checkCRC: true });
    return { ...image, width: image.width, height: image.height, data: image.data, colorType: bytes[COLOUR_TYPE] };
  } catch (cause) {
    throw new DataError(file, "the PNG file is damaged or truncated", "remove it, or get it again", { cause });
  }
}

const MOST_PIXELS = 2e8;

/** The place of the colour type: after the signature, and in the first chunk length, name, width, height and depth. */
const COLOUR_TYPE = 8 + 4 + 4 + 4 + 4 + 1;
