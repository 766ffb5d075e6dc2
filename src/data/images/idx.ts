import { DataError } from "../../files/index.ts";

// IDX, the format of MNIST (Y. LeCun, C. Cortes, C. Burges): two zero bytes, the type of the elements (8: unsigned
// byte), the number of dimensions, each dimension as a big-endian 32-bit number, then the elements, last index fastest.

/** The contents of a file with the given number of dimensions. */
export type IdxRank = 1 | 3;

export interface IdxHeader {
  /** [count] of labels; [count, height, width] of images. */
  readonly dimensions: readonly number[];
  /** How many bytes of elements follow. */
  readonly size: number;
}

/** The most bytes that this library reads from one file: 20 times MNIST. */
const LARGEST = 2 ** 30;

const UNSIGNED_BYTE = 8;
const CONTENT = { 1: "labels", 3: "images" } as const;

/** Bytes before the elements. */
export function idxHeaderLength(rank: IdxRank): number {
  return 4 + 4 * rank;
}

/**
 * Reads and checks the first bytes of an IDX file.
 *
 * @param bytes at least the header, if the file is that long
 * @throws DataError if they are not the header of such a file, or announce more than fits in memory
 */
export function readIdxHeader(bytes: Uint8Array, rank: IdxRank, file: string): IdxHeader {
  checkMagic(bytes, rank, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = dimensions.reduce((product, length) => product * length, 1); // below 2⁹⁶: exact enough to compare
  const shape = dimensions.join(" × ");
  if (size === 0) throw new DataError(file, `announces ${shape} elements, which is none`, "get the file again");
  if (size > LARGEST)
    throw new DataError(file, `announces ${shape} bytes, expected at most 1 GiB`, "get the file again");
  return { dimensions, size };
}

function checkMagic(bytes: Uint8Array, rank: IdxRank, file: string): void {
  const [zero0, zero1, type, dimensions] = bytes;
  const expected = `expected IDX ${CONTENT[rank]}, 00 00 08 0${rank}`;
  if (bytes.length < 4 || zero0 !== 0 || zero1 !== 0) {
    throw new DataError(file, `starts with ${hex(bytes)}, ${expected}`, "give an IDX file, as it is or gzipped");
  }
  if (type !== UNSIGNED_BYTE) {
    throw new DataError(file, `holds elements of type ${hex([type])}, ${expected}`, "save them as unsigned bytes");
  }
  const other = rank === 1 ? 3 : 1;
  if (dimensions === other) {
    throw new DataError(file, `holds ${CONTENT[other]}, ${expected}`, "the files of images and labels are swapped");
  }
  if (dimensions !== rank) throw new DataError(file, `has ${dimensions} dimensions, ${expected}`, "give another file");
  if (bytes.length < idxHeaderLength(rank)) {
    throw new DataError(file, "ends within its header", "it is truncated: get the file again");
  }
}

function hex(bytes: ArrayLike<number>): string {
  const shown = Array.from(bytes)
    .slice(0, 4)
    .map((byte) => byte.toString(16).padStart(2, "0"));
  return shown.length > 0 ? shown.join(" ") : "nothing: it is empty";
}
