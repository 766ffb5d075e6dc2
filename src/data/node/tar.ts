import { DataError } from "../../files/index.ts";
import type { ChunkReader } from "./chunk-reader.ts";

// tar, in blocks of 512 bytes: a member is a header, its bytes, and zeros up to the next block; a block of zeros ends the archive.
// Headers are those of ustar (POSIX.1-1988). Long names and sizes stand in members of their own before it, by pax (POSIX.1-2001) or
// GNU tar.

/** A regular file in an archive. */
export interface TarMember {
  /** Its path in the archive. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Its bytes. Call it before the next member is asked for; what is not read is passed over. */
  read(): Promise<Uint8Array>;
}

const BLOCK = 512;

/** The most bytes of a name or of other particulars. */
const MOST_PARTICULARS = 2 ** 20;

/** What the next header is told by members before it. */
interface Told {
  name?: string;
  size?: number;
}

/**
 * The regular files of a tar archive, in its order. Folders, links and devices are passed over.
 *
 * @param archive its name in errors
 * @throws DataError for what is not a tar archive, and for one that is damaged or truncated
 */
export async function* tarMembers(reader: ChunkReader, archive: string): AsyncGenerator<TarMember> {
  let told: Told = {};
  for (let at = 0; ; ) {
    const block = await reader.read(BLOCK);
    if (block.length === 0 || (block.length === BLOCK && block.every((byte) => byte === 0))) break;
    const header = headerOf(block, at, archive);
    const size = HAS_NO_BYTES.has(header.type) ? 0 : (told.size ?? header.size);
    const name = told.name ?? header.name;
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    let left = padded;
    const read = async (): Promise<Uint8Array> => {
      left -= size;
      return whole(await reader.read(size), size, name, archive);
    };
    if (PARTICULARS.has(header.type))
      told = { ...told, ...particulars(header.type, await fewBytes(size, read, archive)) };
    else {
      told = {};
      if (REGULAR.has(header.type)) yield { name, size, read };
    }
    if ((await reader.skip(left)) < left) throw truncated(archive, `within ${name}`);
    at += BLOCK + padded;
  }
  await reader.skip(Number.POSITIVE_INFINITY); // to the end, where gzip has its checksum
}

const REGULAR: ReadonlySet<string> = new Set(["0", "\0", "7"]);

/** Links, devices, folders and pipes, whose size, if any, says something else. */
const HAS_NO_BYTES: ReadonlySet<string> = new Set(["1", "2", "3", "4", "5", "6"]);

/** pax's particulars of the next member, and GNU's long name. */
const PARTICULARS: ReadonlySet<string> = new Set(["x", "L"]);

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

function headerOf(block: Uint8Array, at: number, archive: string): Header {
  if (block.length < BLOCK && at > 0) throw truncated(archive, `${block.length} bytes into a header`);
  if (block.length < BLOCK || !hasRightSum(block)) {
    if (at === 0) throw new DataError(archive, "it is not a tar archive", "give a .tar or .tar.gz file");
    throw new DataError(archive, `the tar archive is damaged at byte ${at}, unpacked`, "get it again");
  }
  const prefix = textIn(block, 257, 6) === "ustar" ? textIn(block, 345, 155) : "";
  const name = textIn(block, 0, 100);
  const size = numberIn(block, 124, 12);
  if (!Number.isSafeInteger(size)) throw new DataError(archive, `the size of ${name} is no number`, "get it again");
  return { name: prefix === "" ? name : `${prefix}/${name}`, size, type: String.fromCharCode(block[156]) };
}

/** The sum of the header's bytes, with blanks in place of the sum itself. */
function hasRightSum(block: Uint8Array): boolean {
  let sum = 0;
  for (const [i, byte] of block.entries()) sum += i >= 148 && i < 156 ? 32 : byte;
  return sum === numberIn(block, 148, 8);
}

function textIn(block: Uint8Array, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** Octal digits; or, as GNU writes large numbers, binary, which the first bit says. */
function numberIn(block: Uint8Array, from: number, length: number): number {
  const field = block.subarray(from, from + length);
  if (field[0] < 0x80) {
    const digits = textIn(field, 0, length).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === "" ? 0 : Number.NaN;
  }
  return field.reduce((number, byte, i) => number * 256 + (i === 0 ? byte & 0x7f : byte), 0);
}

async function fewBytes(size: number, read: () => Promise<Uint8Array>, archive: string): Promise<Uint8Array> {
  if (size <= MOST_PARTICULARS) return read();
  throw new DataError(archive, `a name has ${size} bytes`, "the tar archive is damaged: get it again");
}

function particulars(type: string, bytes: Uint8Array): Told {
  if (type === "L") return { name: textIn(bytes, 0, bytes.length) };
  const records = paxRecords(bytes);
  const [name, size] = [records.get("path"), records.get("size")];
  return { ...(name !== undefined && { name }), ...(size !== undefined && { size: Number(size) }) };
}

/** Records such as "30 path=folder/name\n", each with its own length in front. */
function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const [start, length] = /^(\d+) /.exec(textIn(bytes, at, 20)) ?? [];
    if (start === undefined || Number(length) < 1) break;
    const [key, ...value] = textIn(bytes, at + start.length, Number(length) - start.length - 1).split("=");
    records.set(key, value.join("="));
    at += Number(length);
  }
  return records;
}

function whole(bytes: Uint8Array, size: number, name: string, archive: string): Uint8Array {
  if (bytes.length === size) return bytes;
  throw truncated(archive, `after ${bytes.length} of ${size} bytes of ${name}`);
}

const truncated = (archive: string, where: string): DataError =>
  new DataError(archive, `the tar archive ends ${where}`, "it is truncated: get it again");
