import type { Device } from "../../device/index.ts";
import { input, type Vector } from "../../expr/index.ts";
import { add, matmul } from "../../expr/operators/index.ts";
import type { Examples } from "../dataset.ts";
import { inOrderOf, sourceOf } from "../source.ts";
import type { Whitening } from "./whitening.ts";

/** Rows that are whitened at a time. */
const ROWS = 512;

/** Writes rows to the front of a vector, which may be longer. */
type Read = (indices: Uint32Array, rows: Float32Array) => void | Promise<void>;

/** Whitens rows of standardised inputs, one after another: x″ = x′·W − m·W, in float32. */
export async function whitenRows(
  device: Device,
  whitening: Whitening,
  count: number,
  read: Read,
): Promise<Float32Array<ArrayBuffer>> {
  const n = whitening.mean.length;
  const size = Math.min(ROWS, count);
  const [rows, whitened, offset] = [new Float32Array(size * n), new Float32Array(size * n), offsetOf(whitening)];
  const all = new Float32Array(count * n);
  if (count === 0) return all;
  const [x, w, o] = [input("x", [size, n], "f32"), input("w", [n, n], "f32"), input("o", [n], "f32")];
  const program = await device.prepare(
    { whitened: add(matmul(x, w), o) },
    { x: rows, w: whitening.matrix, o: offset, whitened },
  );
  try {
    for (const indices of inOrderOf(count, size)) {
      await read(indices, rows);
      await program.run();
      all.set(whitened.subarray(0, indices.length * n), indices[0] * n);
    }
    return all;
  } finally {
    await program.dispose();
  }
}

/** The same examples with whitened inputs, which are kept in memory as numbers. */
export async function whitenExamples(device: Device, whitening: Whitening, examples: Examples): Promise<Examples> {
  const { count, targets, weights } = examples;
  const source = sourceOf(examples);
  const ignored = new Float32Array(Math.min(ROWS, count) * source.targetSize);
  const inputs = await whitenRows(device, whitening, count, (indices, rows) => source.gather(indices, rows, ignored));
  return { count, inputs, targets, ...(weights && { weights }) };
}

/** −m·W, in float64. */
function offsetOf({ mean, matrix }: Whitening): Float32Array {
  const sums = new Float64Array(mean.length);
  for (let i = 0; i < mean.length; i++)
    for (let j = 0; j < mean.length; j++) sums[j] -= mean[i] * matrix[i * mean.length + j];
  return Float32Array.from(sums);
}

/** Whitens rows that lie in a vector. */
export const whitenVector = (device: Device, whitening: Whitening, inputs: Vector): Promise<Float32Array> =>
  whitenRows(device, whitening, inputs.length / whitening.mean.length, (indices, rows) => {
    const n = whitening.mean.length;
    rows.set(inputs.subarray(indices[0] * n, (indices[indices.length - 1] + 1) * n));
  });
