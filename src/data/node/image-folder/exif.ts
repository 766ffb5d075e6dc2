/**
 * Which way up a camera was held, from an image file's Exif data, which are a TIFF file: byte order, 42, place of the first directory,
 * whose entries take 12 bytes (CIPA DC-008, section 4.6). 1, upright, where nothing else is said, and in damaged data.
 */
export function orientationIn(tiff: Uint8Array): number {
  if (tiff.length < 8) return UPRIGHT;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === LITTLE_ENDIAN;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return UPRIGHT;
  const count = view.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < count && at + 12 <= tiff.length; i++, at += 12)
    if (view.getUint16(at, little) === ORIENTATION) return view.getUint16(at + 8, little);
  return UPRIGHT;
}

const UPRIGHT = 1;

/** "II"; "MM" is the other order. */
const LITTLE_ENDIAN = 0x4949;

/** The tag of the entry. */
const ORIENTATION = 0x0112;
