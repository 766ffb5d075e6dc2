/** How far to go along a direction: `descent` takes one of these. */
export { type BarzilaiBorweinOptions, twoPoint as barzilaiBorwein } from "./barzilai-borwein.ts";
export { polyakLength as polyak } from "./polyak.ts";
export { armijo } from "./search/armijo.ts";
export { fixed } from "./search/fixed.ts";
export { strongWolfe } from "./search/strong-wolfe.ts";
