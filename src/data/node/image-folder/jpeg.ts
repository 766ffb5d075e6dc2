import jpeg from "jpeg-js";
import { DataError } from "../../../files/index.ts";
import { type Picture, upright } from "../../images/picture.ts";
import { orientationIn } from "./exif.ts";

/** The most megapixels of an image, and megabytes that the decoder may take. */
const LIMITS = { maxResolutionInMP: 200, maxMemoryUsageInMB: 2048 } as const;

/**
 * Reads a JPEG file, baseline or progressive, grey or in colour, and turns it as the camera says it was held.
 *
 * @throws DataError for a file that is damaged or truncated
 */
export function readJpeg(bytes: Uint8Array, file: string): Picture {
  const { components, orientation } = factsOf(bytes);
  const { width, height, data } = decoded(bytes, file);
  const channels = components === 1 ? 1 : 3;
  const plane = width * height;
  const pixels = new Uint8Array(channels * plane);
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < plane; i++) pixels[channel * plane + i] = data[3 * i + channel];
  return upright({ channels, height, width, pixels }, orientation);
}

function decoded(bytes: Uint8Array, file: string) {
  try {
    return jpeg.decode(bytes, { ...LIMITS, useTArray: true, formatAsRGBA: false, tolerantDecoding: false });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    if (/maxResolution|maxMemory/.test(said))
      throw new DataError(file, "the image is too large", "make it smaller", { cause });
    throw new DataError(file, `the JPEG file is damaged or truncated: ${said}`, "remove it, or get it again", {
      cause,
    });
  }
}

interface Facts {
  /** 1 for grey; undefined if no frame says it. */
  readonly components: number | undefined;
  /** Exif's; 1, upright, where nothing else is said. */
  readonly orientation: number;
}

/** Reads the segments of a JPEG file (ITU-T T.81, annex B) up to its first scan. Damaged ones are left to the decoder. */
function factsOf(bytes: Uint8Array): Facts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [components, orientation]: [number | undefined, number] = [undefined, 1];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== START_OF_SCAN; ) {
    const [marker, length] = [bytes[at + 1], view.getUint16(at + 2)];
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) components = segment[5];
    if (marker === APP1 && startsWith(segment, "Exif\0\0")) orientation = orientationIn(segment.subarray(6));
    at += 2 + length;
  }
  return { components, orientation };
}

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/** Start of frame: C0 to CF, but for the tables C4, C8 and CC. */
const isFrame = (marker: number): boolean => marker === 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 !== 0);

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((character, i) => bytes[i] === character.charCodeAt(0));
