import type { Vector } from "../expr/index.ts";
import type { Views } from "./device.ts";
import type { Arena } from "./memory.ts";
import type { WasmCall } from "./webassembly.ts";

/**
 * A program over vectors of one length that computes at once, in place: a fused loop, or the interpreter. Of the vectors
 * that it is given it takes those that it needs.
 */
export interface Kernel {
  /** The order in which scalars are given; results that are scalars are written back there. */
  readonly scalars: readonly string[];
  /** Runs over vectors anywhere. Where `accept` is given, they change only if it says yes to the scalars as they are then. */
  run(vectors: Views, scalars: Float64Array, accept?: Accept): void;
  /**
   * Prepared for vectors that stay, of one arena: nothing is copied then but the scalars. `spare` is room for what would
   * have to be computed twice: a vector more, or one of the kernel's that nobody wants afterwards.
   */
  bind(arena: Arena, vectors: Views, spare?: Vector): BoundKernel;
  /** The same with scalars of its own that nobody copies; absent where no loop in WebAssembly computes it. */
  tie?(arena: Arena, vectors: Views, spare?: Vector): TiedKernel;
}

/** Decides, from the scalars after a run, whether its vectors are to be stored. */
export type Accept = (scalars: Float64Array) => boolean;

/** Runs over the vectors that it was bound to. */
export type BoundKernel = (scalars: Float64Array) => void;

/** A kernel that is tied to vectors and to cells of its own for its scalars: a call copies nothing. */
export interface TiedKernel {
  /** The scalars, in the kernel's order: inputs are written here, results are found here. */
  readonly scalars: Float64Array;
  run(): void;
  /** The same call for WebAssembly. */
  readonly call: WasmCall;
}
