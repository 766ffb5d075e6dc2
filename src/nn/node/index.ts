export { isModelFile, readModel } from "./read-model.ts";
export { type LoadModelOptions, load, readTrained, type SaveOptions, writeModel } from "./save.ts";
