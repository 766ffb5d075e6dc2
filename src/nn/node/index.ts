export { isModelFile, readModel } from "./read-model.ts";
export { type LoadModelOptions, load, readTrained, type SaveOptions, writeModel } from "./save.ts";
export { readWeights, type WeightsFile, writeWeights } from "./weights-file.ts";
export { foundIn, foundInModel, savedFolder, type WeightsFromOptions, weightsFrom } from "./weights-from.ts";
