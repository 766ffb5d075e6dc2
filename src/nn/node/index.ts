export { isModelFile, readModel } from "./read-model.ts";
