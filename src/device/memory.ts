import type { DType } from "../expr/index.ts";
import { fixedMemory, PAGE, type WasmMemory } from "./webassembly.ts";

/** Vectors start on cache lines, and are padded to whole ones: 16 float32 or 8 float64 numbers. */
const ALIGNMENT = 64;
/** WebAssembly addresses have 32 bits. */
const MOST_PAGES = 65536;

export const bytesPerNumber = { f32: 4, f64: 8 } as const;

/**
 * One WebAssembly memory that vectors are cut from. Compiled loops and ONNX Runtime read and write it in place, so
 * nothing is copied between them. It is sized once, because growing it would detach every view; it is given back when
 * neither the arena nor a view of it is reachable any more.
 */
export class Arena {
  readonly memory: WasmMemory;
  #used: number;

  /**
   * @param bytes what `Arena.bytesFor` says of the vectors to come. A page more (64 KiB) is taken besides: that is
   *   where the compiled loops keep their scalars.
   */
  constructor(bytes: number, rest?: { readonly memory: WasmMemory; readonly used: number }) {
    this.memory = rest?.memory ?? allocate(bytes);
    this.#used = rest?.used ?? 0;
  }

  /**
   * The free rest of this memory, for users that come one after the other: the next fork gives out the same bytes again,
   * so all that was cut from the one before, and loops that were bound to it, are void then. Vectors are as they were left.
   */
  fork(): Arena {
    return new Arena(0, { memory: this.memory, used: this.#used });
  }

  /** Bytes that a list of vectors takes, padding included. */
  static bytesFor(vectors: Iterable<{ readonly dtype: DType; readonly length: number }>): number {
    let bytes = 0;
    for (const { dtype, length } of vectors) bytes += padded(length * bytesPerNumber[dtype]);
    return bytes;
  }

  /** Bytes that are not taken yet. */
  get free(): number {
    return this.memory.buffer.byteLength - this.#used;
  }

  /** A new vector of zeros, at a multiple of 64 bytes. Throws a RangeError where the arena has no room for it. */
  vector(dtype: "f32", length: number): Float32Array<ArrayBuffer>;
  vector(dtype: "f64", length: number): Float64Array<ArrayBuffer>;
  vector(dtype: DType, length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  vector(dtype: DType, length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`arena: a vector's length must be a whole number, 0 or more, not ${length}`);
    const bytes = padded(length * bytesPerNumber[dtype]);
    if (bytes > this.free)
      throw new RangeError(
        `arena: a vector of ${length} ${dtype} numbers takes ${bytes} bytes; ${this.free} of ` +
          `${this.memory.buffer.byteLength} are left. Give the constructor what Arena.bytesFor says of all vectors`,
      );
    const address = this.#used;
    this.#used += bytes;
    const { buffer } = this.memory;
    return dtype === "f32" ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length);
  }

  /** Whether the views, or the parts of vectors that they show, all lie in this arena. */
  owns(...views: readonly ArrayBufferView[]): boolean {
    return views.every(({ buffer }) => buffer === this.memory.buffer);
  }

  /** The view's first byte, counted from the start of the memory. Throws a RangeError for a view of another memory. */
  address(view: ArrayBufferView): number {
    if (!this.owns(view)) throw new RangeError("arena: the view lies in another memory; make it with arena.vector");
    return view.byteOffset;
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function allocate(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE) + 1;
  if (!(bytes >= 0 && pages <= MOST_PAGES))
    throw new RangeError(`arena: ${bytes} bytes were asked for; from 0 to ${(MOST_PAGES - 1) * PAGE} are possible`);
  try {
    return fixedMemory(pages);
  } catch (cause) {
    throw new RangeError(`arena: there is no memory for ${bytes} bytes`, { cause });
  }
}
