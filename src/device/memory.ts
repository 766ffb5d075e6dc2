import type { DType } from "../expr/index.ts";
import { fixedMemory, PAGE, type WasmMemory } from "./webassembly.ts";

/** Vectors start on cache lines and are padded to whole ones: 16 float32 or 8 float64 elements. */
const ALIGNMENT = 64;
/** WebAssembly addresses have 32 bits. */
const MOST_PAGES = 65536;

export const bytesPerNumber = { f32: 4, f64: 8 } as const;

/**
 * One WebAssembly memory from which vectors are allocated. Compiled loops and ONNX Runtime read and write it in place, so
 * nothing is copied between them. Its size is fixed, because growing would detach every view; it is freed when neither the
 * arena nor a view of it is reachable any more.
 */
export class Arena {
  readonly memory: WasmMemory;
  #used: number;

  /**
   * @param bytes the result of `Arena.bytesFor` for all vectors. One more page (64 KiB) is allocated for the scalars of
   *   compiled loops.
   */
  constructor(bytes: number, rest?: { readonly memory: WasmMemory; readonly used: number }) {
    this.memory = rest?.memory ?? allocate(bytes);
    this.#used = rest?.used ?? 0;
  }

  /**
   * The free rest of this memory, for one user after the other: the next fork allocates the same bytes again, which
   * invalidates all vectors of the previous fork, and loops bound to them. The bytes are not cleared.
   */
  fork(): Arena {
    return new Arena(0, { memory: this.memory, used: this.#used });
  }

  /** The bytes that a list of vectors takes, including padding. */
  static bytesFor(vectors: Iterable<{ readonly dtype: DType; readonly length: number }>): number {
    let bytes = 0;
    for (const { dtype, length } of vectors) bytes += padded(length * bytesPerNumber[dtype]);
    return bytes;
  }

  /** The free bytes. */
  get free(): number {
    return this.memory.buffer.byteLength - this.#used;
  }

  /** A new vector of zeros, aligned to 64 bytes. Throws a RangeError if it does not fit into the arena. */
  vector(dtype: "f32", length: number): Float32Array<ArrayBuffer>;
  vector(dtype: "f64", length: number): Float64Array<ArrayBuffer>;
  vector(dtype: DType, length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  vector(dtype: DType, length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`arena: a vector's length must be a whole number, 0 or more, not ${length}`);
    const bytes = padded(length * bytesPerNumber[dtype]);
    if (bytes > this.free)
      throw new RangeError(
        `arena: a vector of ${length} ${dtype} elements takes ${bytes} bytes; ${this.free} of ` +
          `${this.memory.buffer.byteLength} are left. Pass the constructor Arena.bytesFor of all vectors`,
      );
    const address = this.#used;
    this.#used += bytes;
    const { buffer } = this.memory;
    return dtype === "f32" ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length);
  }

  /** Whether all views lie in this arena. */
  owns(...views: readonly ArrayBufferView[]): boolean {
    return views.every(({ buffer }) => buffer === this.memory.buffer);
  }

  /** The address of the view's first byte. Throws a RangeError for a view of another memory. */
  address(view: ArrayBufferView): number {
    if (!this.owns(view)) throw new RangeError("arena: the view lies in another memory; make it with arena.vector");
    return view.byteOffset;
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function allocate(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE) + 1;
  if (!(bytes >= 0 && pages <= MOST_PAGES))
    throw new RangeError(`arena: the size is ${bytes} bytes; it must lie between 0 and ${(MOST_PAGES - 1) * PAGE}`);
  try {
    return fixedMemory(pages);
  } catch (cause) {
    throw new RangeError(`arena: not enough memory for ${bytes} bytes`, { cause });
  }
}
