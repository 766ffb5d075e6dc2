import { PNG } from "pngjs";
import { DataError } from "../../../files/index.ts";
import { type Picture, upright } from "../../images/picture.ts";
import { orientationIn } from "./exif.ts";

/** PNG's colour types without colour: grey, and grey with transparency. */
const GREY: ReadonlySet<number> = new Set([0, 4]);

/**
 * Reads a PNG file of any colour type and depth, interlaced or not. 16 bits are rounded to 8, and transparency is left out, so that a pixel
 * has the colour that the file gives it. The image is turned as the camera says it was held.
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
  return upright({ channels, height, width, pixels }, orientationIn(exifOf(bytes)));
}

/** The data of the chunk eXIf (PNG, third edition, 11.3.4.4), before the pixels or after; none if there is no such chunk. */
function exifOf(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // A chunk is its length, its name, its data and a checksum.
  for (let at = FIRST_CHUNK; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === EXIF) return bytes.subarray(at + 8, at + 8 + view.getUint32(at));
  return new Uint8Array();
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

/** After the signature. */
const FIRST_CHUNK = 8;

/** The place of the colour type: in the first chunk, after length, name, width, height and depth. */
const COLOUR_TYPE = FIRST_CHUNK + 4 + 4 + 4 + 4 + 1;

/** "eXIf" */
const EXIF = 0x65584966;
