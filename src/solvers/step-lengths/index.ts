export { armijo } from "./armijo.ts";
export { type BarzilaiBorweinOptions, barzilaiBorwein } from "./barzilai-borwein.ts";
export { fixed } from "./fixed.ts";
export { polyak } from "./polyak.ts";
export { strongWolfe } from "./strong-wolfe.ts";
