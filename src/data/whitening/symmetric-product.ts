import type { Device, Runnable } from "../../device/index.ts";
import { type DType, input, type Vector } from "../../expr/index.ts";
import { matmul } from "../../expr/operators/index.ts";

/** Rows and columns of a block that is computed at a time. */
const BLOCK = 512;

const vectorOf = (dtype: DType, length: number): Vector =>
  dtype === "f64" ? new Float64Array(length) : new Float32Array(length);

/** Computes symmetric products of matrices. */
export interface SymmetricProduct {
  /** Writes x·yᵀ, n × n, which must be symmetric, for x and y of shape n × k. `to` must be neither of them. */
  of(x: Vector, y: Vector, to: Vector): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Prepares products x·yᵀ that are known to be symmetric, such as x·xᵀ, or products of polynomials of one symmetric matrix: of the blocks
 * of the result, only those on and above the diagonal are computed, little more than half of the work.
 */
export function symmetricProduct(device: Device, n: number, k: number, dtype: DType): SymmetricProduct {
  const starts = Array.from({ length: Math.ceil(n / BLOCK) }, (_, i) => i * BLOCK);
  const rows = (start: number): number => Math.min(BLOCK, n - start);
  const programs = new Map<string, Promise<{ readonly block: Vector; readonly program: Runnable }>>();
  const prepared = (p: number, q: number) => {
    const key = `${p} × ${q}`;
    const known = programs.get(key);
    if (known !== undefined) return known;
    const [x, y] = [input("x", [p, k], dtype), input("y", [q, k], dtype)];
    const block = vectorOf(dtype, p * q);
    const views = { x: vectorOf(dtype, p * k), y: vectorOf(dtype, q * k), block };
    const made = device
      .prepare({ block: matmul(x, y, { transposeB: true }) }, views)
      .then((program) => ({ block, program }));
    programs.set(key, made);
    return made;
  };
  return {
    of: async (x, y, to) => {
      for (const top of starts)
        for (const left of starts.filter((start) => start >= top)) {
          const [p, q] = [rows(top), rows(left)];
          const { block, program } = await prepared(p, q);
          program.bind({ x: x.subarray(top * k, (top + p) * k), y: y.subarray(left * k, (left + q) * k), block });
          await program.run();
          for (let i = 0; i < p; i++)
            for (let j = 0; j < q; j++) {
              const value = block[i * q + j];
              to[(top + i) * n + left + j] = value;
              to[(left + j) * n + top + i] = value;
            }
        }
    },
    dispose: async () => {
      for (const each of programs.values()) await (await each).program.dispose();
    },
  };
}
