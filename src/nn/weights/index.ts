export { type FoundTensors, foundInOnnx, foundInSafetensors, isOnnx } from "./found-tensors.ts";
export { withOutputsFor } from "./other-outputs.ts";
export { type TakenWeights, takeWeights, WEIGHTS_OPTIONS, type WeightsOptions, weightsOf } from "./weights-of.ts";
