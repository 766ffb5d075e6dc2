/** Step lengths along a direction, for `descent`. */
export { type BarzilaiBorweinOptions, barzilaiBorweinLength as barzilaiBorwein } from "./barzilai-borwein.ts";
export { polyakLength as polyak } from "./polyak.ts";
export { armijo } from "./search/armijo.ts";
export { fixed } from "./search/fixed.ts";
export { strongWolfe } from "./search/strong-wolfe.ts";
