export { type FusedKernel, fuse } from "./fuse.ts";
export { type Ending, loopOver, type Part, type Round } from "./loop.ts";
export { type FillMask, maskFiller } from "./mask.ts";
export { sumOfZeros } from "./reductions.ts";
export { isFusable } from "./roles.ts";
export type { Source } from "./source.ts";
