/**
 * How cells are packed, in order of their size: whole numbers in 1, 2 or 4 bytes, numbers that single precision holds, others in
 * double. Nothing is rounded. The least number of 2 or 4 bytes stands for a missing cell.
 */
export const packings = ["u8", "i16", "i32", "f32", "f64"] as const;

export type Packing = (typeof packings)[number];

/** In bytes. */
export const sizes = { u8: 1, i16: 2, i32: 4, f32: 4, f64: 8 } as const;

type Packed = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

const MISSING = { i16: -(2 ** 15), i32: -(2 ** 31) } as const;

/** The bytes of a buffer as cells of a packing. */
export function viewOf(packing: Packing, buffer: ArrayBuffer): Packed {
  switch (packing) {
    case "u8":
      return new Uint8Array(buffer);
    case "i16":
      return new Int16Array(buffer);
    case "i32":
      return new Int32Array(buffer);
    case "f32":
      return new Float32Array(buffer);
    case "f64":
      return new Float64Array(buffer);
  }
}

/** The smallest packing that holds all of some cells exactly. */
export function packingOf(cells: Float64Array): Packing {
  let [least, most, isWhole, isSingle, isFull] = [0, 0, true, true, true];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (Number.isNaN(cell)) isFull = false;
    else {
      if (!Object.is(cell | 0, cell)) isWhole = false;
      if (Math.fround(cell) !== cell) isSingle = false;
      if (cell < least) least = cell;
      if (cell > most) most = cell;
    }
    if (!isWhole && !isSingle) return "f64";
  }
  if (!isWhole) return "f32";
  if (isFull && least >= 0 && most <= 255) return "u8";
  return least > MISSING.i16 && most < -MISSING.i16 ? "i16" : "i32";
}

/** The smallest packing that holds the cells of both exactly. */
export function commonPacking(a: Packing, b: Packing): Packing {
  if ((a === "i32" && b === "f32") || (a === "f32" && b === "i32")) return "f64";
  return packings.indexOf(a) < packings.indexOf(b) ? b : a;
}

/** Writes cells to a view, from `at` on, `stride` elements from each other. */
export function pack(packing: Packing, cells: Float64Array, to: Packed, at = 0, stride = 1): void {
  const missing = packing === "i16" || packing === "i32" ? MISSING[packing] : Number.NaN;
  for (let i = 0, out = at; i < cells.length; i++, out += stride) {
    const cell = cells[i];
    to[out] = Number.isNaN(cell) ? missing : cell;
  }
}

/** Reads cells from a view, `from` elements from its start and `stride` from each other, to `cells`, from `at` on and `step` apart. */
export function unpack(
  packing: Packing,
  view: Packed,
  [from, stride]: readonly [number, number],
  cells: Float64Array | Int32Array,
  [at, step, count]: readonly [number, number, number],
): void {
  const missing = packing === "i16" || packing === "i32" ? MISSING[packing] : undefined;
  for (let i = 0, source = from, out = at; i < count; i++, source += stride, out += step)
    cells[out] = view[source] === missing ? Number.NaN : view[source];
}
