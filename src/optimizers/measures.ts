import type { Kernel } from "../device/index.ts";
import { fuse } from "../device/wasm/index.ts";
import { type DType, input } from "../expr/index.ts";
import { abs, maxOf, neg, norm } from "../expr/operators/index.ts";

/** Numbers about a vector g, of any length. */
const g = input("g", [2]);

/** The largest size of any number of g: not finite where one of them is not. */
export const largestOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { largest: maxOf(abs(g)) } });

/** The highest number of g, and of −g: not finite where one of them is not. */
export const extremesOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { highest: maxOf(g), lowest: maxOf(neg(g)) } });

/** ‖g‖. */
export const lengthOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { length: norm(g) } });
