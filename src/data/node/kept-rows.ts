import type { RowReader } from "../table/raw-table.ts";
import { commonPacking, type Packing, pack, sizes, unpack, viewOf } from "./packed.ts";
import type { ScratchFile } from "./scratch-file.ts";

/** Some cells of a column in a file. */
export interface Stretch {
  readonly place: number;
  readonly packing: Packing;
  readonly count: number;
}

/** A column in a row of the file. */
interface Place {
  /** Its index among the columns. */
  readonly column: number;
  readonly packing: Packing;
  /** Where it begins in a row, in elements of its size. */
  readonly at: number;
}

/** Rows take a multiple of this many bytes, so that every column lies on a multiple of its size. */
const ALIGNMENT = 8;

/**
 * Writes columns to a file row by row, and reads rows from it: those that lie side by side at once.
 *
 * @param columns their stretches, all of the same rows
 */
export function rowReader(
  columns: readonly (readonly Stretch[])[],
  stretchRows: number,
  file: ScratchFile,
  unpackStretch: (stretch: Stretch, cells: Float64Array) => void,
): RowReader {
  const { places, rowSize } = layOut(columns);
  const cells = new Float64Array(stretchRows);
  const stripe = new Buffers(rowSize, stretchRows);
  for (const [i, { count }] of (columns[0] ?? []).entries()) {
    for (const { column, packing, at } of places) {
      unpackStretch(columns[column][i], cells);
      pack(packing, cells.subarray(0, count), stripe.view(packing), at, rowSize / sizes[packing]);
    }
    file.append(stripe.bytes.subarray(0, count * rowSize));
  }
  let buffers = new Buffers(rowSize, 64);
  return (rows, out) => {
    if (buffers.rows < rows.length) buffers = new Buffers(rowSize, rows.length);
    readRows(file, rows, rowSize, buffers.bytes);
    for (const { column, packing, at } of places)
      unpack(packing, buffers.view(packing), [at, rowSize / sizes[packing]], out, [
        column,
        columns.length,
        rows.length,
      ]);
  };
}

/** The largest elements come first, so that there are no gaps. */
function layOut(columns: readonly (readonly Stretch[])[]): { readonly places: Place[]; readonly rowSize: number } {
  const packed = columns.map((stretches, column) => ({
    ...{ column, packing: stretches.map(({ packing }) => packing).reduce(commonPacking, "u8") },
  }));
  let bytes = 0;
  const places = packed
    .sort((a, b) => sizes[b.packing] - sizes[a.packing])
    .map(({ column, packing }): Place => {
      const at = bytes / sizes[packing];
      bytes += sizes[packing];
      return { column, packing, at };
    });
  return { places, rowSize: Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT };
}

function readRows(file: ScratchFile, rows: Uint32Array, rowSize: number, to: Uint8Array): void {
  for (let i = 0; i < rows.length; ) {
    let end = i + 1;
    while (end < rows.length && rows[end] === rows[end - 1] + 1) end++;
    file.read(rows[i] * rowSize, (end - i) * rowSize, to, i * rowSize);
    i = end;
  }
}

/** Room for some rows, and its views. */
class Buffers {
  readonly rows: number;
  readonly bytes: Uint8Array;
  readonly #views: Readonly<Record<Packing, ReturnType<typeof viewOf>>>;

  constructor(rowSize: number, rows: number) {
    const buffer = new ArrayBuffer(rowSize * rows);
    this.rows = rows;
    this.bytes = new Uint8Array(buffer);
    this.#views = {
      ...{ u8: viewOf("u8", buffer), i16: viewOf("i16", buffer), i32: viewOf("i32", buffer) },
      ...{ f32: viewOf("f32", buffer), f64: viewOf("f64", buffer) },
    };
  }

  view(packing: Packing) {
    return this.#views[packing];
  }
}
