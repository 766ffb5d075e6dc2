import type { Vector } from "../expr/index.ts";
import type { Views } from "./device.ts";
import type { Arena } from "./memory.ts";
import type { WasmCall } from "./webassembly.ts";

/**
 * A program over vectors of one length that computes synchronously and in place: a fused loop, or the interpreter. It
 * ignores vectors that it does not need.
 */
export interface Kernel {
  /** The order of the scalars; scalar results are written back there. */
  readonly scalars: readonly string[];
  /** Runs over vectors in any memory. With `accept`, they only change if it accepts the resulting scalars. */
  run(vectors: Views, scalars: Float64Array, accept?: Accept): void;
  /**
   * Binds the kernel to fixed vectors of one arena: then only the scalars are copied. `spare` is space for values that would
   * otherwise be computed twice: an extra vector, or one of the kernel's that is not needed afterwards.
   */
  bind(arena: Arena, vectors: Views, spare?: Vector): BoundKernel;
  /** The same with its own scalars, which are not copied; undefined for kernels that are not WebAssembly loops. */
  tie?(arena: Arena, vectors: Views, spare?: Vector): TiedKernel;
}

/** Decides, from the scalars after a run, whether to store its vectors. */
export type Accept = (scalars: Float64Array) => boolean;

/** Runs over its bound vectors. */
export type BoundKernel = (scalars: Float64Array) => void;

/** A kernel bound to vectors, with its own cells for scalars: a call copies nothing. */
export interface TiedKernel {
  /** The scalars, in the kernel's order: write inputs here, read results here. */
  readonly scalars: Float64Array;
  run(): void;
  /** The same call for WebAssembly. */
  readonly call: WasmCall;
}
