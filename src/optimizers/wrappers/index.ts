export { withAccumulation } from "./accumulate.ts";
export { withAveraging } from "./average.ts";
export { withNormClipping, withValueClipping } from "./clip.ts";
export { withL2, withWeightDecay } from "./decay.ts";
export { withSlowWeights } from "./lookahead.ts";
