import type { Kernel } from "../device/index.ts";
import { fuse } from "../device/wasm/index.ts";
import { type DType, input } from "../expr/index.ts";
import { abs, maxOf, neg, norm } from "../expr/operators/index.ts";

/** Kernels that measure a vector g of any length. */
const g = input("g", [2]);

/** The largest |gᵢ|; not finite if one of them is not. */
export const largestOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { largest: maxOf(abs(g)) } });

/** The largest gᵢ and the largest −gᵢ; not finite if one of them is not. */
export const extremesOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { highest: maxOf(g), lowest: maxOf(neg(g)) } });

/** ‖g‖. */
export const lengthOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { length: norm(g) } });
