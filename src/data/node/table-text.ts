import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DataError } from "../../files/index.ts";
import { fileError, readBytes } from "../../files/node/index.ts";

/** Texts near 512 MiB no longer fit in a string; a table of this size has about 30 million numbers. */
const LARGEST = 2 ** 28;

/**
 * The text of a table: UTF-8, or UTF-16 with its byte-order mark, gzipped or not. Its first bytes decide, not its name.
 *
 * @param path of the file, or "-" for standard input
 * @param name in errors
 */
export async function readTableText(path: string, name: string): Promise<string> {
  const bytes = path === "-" ? await standardInput(name) : readBytes(path, LARGEST, name);
  return decode(bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(bytes, name) : bytes, name);
}

async function standardInput(name: string): Promise<Uint8Array> {
  if (process.stdin.isTTY)
    throw new DataError(
      name,
      "nothing is sent to standard input",
      "send it a file, as in: cat houses.csv | downhill …",
    );
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST) throw new DataError(name, `has more than ${LARGEST} bytes`, "give fewer rows");
  }
  return Buffer.concat(chunks);
}

async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: LARGEST });
  } catch (error) {
    if (error instanceof RangeError)
      throw new DataError(name, `has more than ${LARGEST} bytes, unpacked`, "give fewer rows", { cause: error });
    throw fileError(error, name);
  }
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const label = encoding === "utf-8" ? "UTF-8" : "UTF-16";
    throw new DataError(name, `it is not ${label} text`, "save it as a UTF-8 CSV file", { cause: error });
  }
}
