import { inflateRawSync } from "node:zlib";
import { DataError } from "../../files/index.ts";

// ZIP (PKWARE's APPNOTE): a directory at the end of the file names each member and its place. NumPy stores members as they are, or
// deflated.

const END = 0x06054b50;
const MEMBER = 0x02014b50;

/** The members of a ZIP file, unpacked, by name. */
export function unzip(bytes: Uint8Array, file: string, most: number): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new DataError(file, "it is not a ZIP file", "save the arrays with numpy.savez");
  const members = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== MEMBER) throw damaged(file);
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const title = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name));
    members.set(title, unpack(bytes, view, at, file, most));
    at += 46 + name + extra + comment;
  }
  return members;
}

function unpack(bytes: Uint8Array, view: DataView, at: number, file: string, most: number): Uint8Array {
  const [method, packed, start] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ];
  if (start + 30 > bytes.length || packed === 0xffffffff) throw damaged(file);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (method === 0) return data;
  if (method !== 8)
    throw new DataError(file, `a member is packed by method ${method}`, "save the arrays with numpy.savez");
  try {
    return inflateRawSync(data, { maxOutputLength: most });
  } catch {
    throw damaged(file);
  }
}

const damaged = (file: string): DataError => new DataError(file, "the ZIP file is damaged", "get it again");
