import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { failOn, fileError } from "../../files/node/index.ts";
import { type ByteSource, fileBytes, standardInput } from "./byte-source.ts";
import { gunzipped } from "./gunzip.ts";
import { encodingOf, TextPieces } from "./text-pieces.ts";

/** A text that is too long for memory: the bytes of its file, and the text in pieces, as often as it is asked for. */
export interface LongText {
  readonly size: number;
  pieces(): AsyncIterable<string>;
}

/** Unpacked bytes that are read at a time. */
const CHUNK = 2 ** 20;

/**
 * The text of a table: UTF-8, or UTF-16 with its byte-order mark, gzipped or not. Its first bytes decide, not its name.
 *
 * @param path of the file, or "-" for standard input
 * @param name in errors
 * @param most bytes, unpacked, of a text that is read as a whole
 */
export async function readTableText(path: string, name: string, most: number): Promise<string | LongText> {
  const source = path === "-" ? await standardInput(name, most) : fileBytes(path, name);
  const long = { size: source.size, pieces: () => piecesOf(source) };
  if (source.size > most) return long;
  const bytes = source.bytes();
  const unpacked = isGzip(bytes) ? await unpack(bytes, name, most) : bytes;
  if (unpacked === undefined) return long;
  const decoder = new TextPieces(name, encodingOf(unpacked));
  return decoder.next(unpacked) + decoder.last();
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Nothing if there are more bytes than that. */
async function unpack(bytes: Uint8Array, name: string, most: number): Promise<Uint8Array | undefined> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw fileError(error, name);
  }
}

async function* piecesOf(source: ByteSource): AsyncGenerator<string> {
  let decoder: TextPieces | undefined;
  try {
    for await (const chunk of await unpackedChunks(source)) {
      decoder ??= new TextPieces(source.name, encodingOf(chunk));
      yield decoder.next(chunk);
    }
  } catch (error) {
    failOn(source.name)(error);
  }
  if (decoder) yield decoder.last();
  source.check();
}

async function unpackedChunks(source: ByteSource): Promise<AsyncIterable<Uint8Array>> {
  for await (const chunk of source.open(0)) return isGzip(chunk) ? gunzipped(source, CHUNK) : source.open(0);
  return source.open(0);
}
