/** How much examples and classes count. */
export { checkWeights } from "./check-weights.ts";
