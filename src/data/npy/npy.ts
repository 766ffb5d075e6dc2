import { DataError, quote } from "../../files/index.ts";

// NPY, the format of numpy.save (NumPy Enhancement Proposal 1): the bytes 93 "NUMPY", two of version, the header's length as a
// little-endian 16-bit number (32-bit from version 2 on), the header as a Python dictionary, then the elements.

/** An array of NumPy's, its elements in C order: the last index is the fastest. */
export interface NpyArray {
  /** Its name in errors. */
  readonly file: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Uint8Array;
}

const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY")];

type Read = (view: DataView, at: number, little: boolean) => number;

/** Type and bytes of an element by NumPy's codes. Whole numbers of 64 bits are rounded to a double. */
const TYPES: Readonly<Record<string, Read>> = {
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => view.getUint8(at),
};

/** @throws DataError for bytes that are no such file, or hold elements that are not numbers */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  if (!MAGIC.every((byte, i) => bytes[i] === byte))
    throw new DataError(file, "it is not a file of numpy.save", "save the array so");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] > 1;
  const start = wide ? 12 : 10;
  if (bytes.length < start) throw cut(file);
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("utf-8").decode(bytes.subarray(start, end));
  const [, order, type] = /'descr': *'([<>|=]?)(\w+)'/.exec(header) ?? [];
  const [, dimensions] = /'shape': *\(([\d, ]*)\)/.exec(header) ?? [];
  const read = TYPES[type ?? ""];
  if (read === undefined || dimensions === undefined) {
    const found = /'descr': *('[^']*')/.exec(header)?.[1] ?? "several fields";
    throw new DataError(file, `holds elements of type ${quote(found)}`, "save numbers: array.astype('float32')");
  }
  const shape = dimensions
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number);
  const count = shape.reduce((product, length) => product * length, 1);
  const size = Number(type.slice(1));
  if (bytes.length < end + count * size) throw cut(file);
  const values = make(type, count);
  const from = /'fortran_order': *True/.test(header) ? fortranOrder(shape) : undefined;
  const little = order !== ">";
  for (let i = 0; i < count; i++) values[i] = read(view, end + (from ? from(i) : i) * size, little);
  return { file, shape, values };
}

const cut = (file: string): DataError => new DataError(file, "it ends too early", "it is truncated: get it again");

function make(type: string, count: number): NpyArray["values"] {
  if (type === "u1" || type === "b1") return new Uint8Array(count);
  return type === "f4" ? new Float32Array(count) : new Float64Array(count);
}

/** Where the element with an index in C order is, if the first index is the fastest. */
function fortranOrder(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  return (index) => {
    let [rest, at] = [index, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return at;
  };
}
