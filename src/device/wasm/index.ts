export { type BoundKernel, fuse, type Kernel, type TiedKernel } from "./kernel.ts";
export { type Ending, loopOver, type Part, type Round } from "./loop.ts";
export { type FillMask, maskFiller } from "./mask.ts";
export { sumOfZeros } from "./reductions.ts";
export { isFusable } from "./roles.ts";
export type { Source } from "./source.ts";
export type { Vectors } from "./vectors.ts";
export type { Accept } from "./workspace.ts";
