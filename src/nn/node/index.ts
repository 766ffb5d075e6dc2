export { isModelFile, readModel } from "./read-model.ts";
export { type LoadModelOptions, load, type SaveOptions, writeModel } from "./save.ts";
