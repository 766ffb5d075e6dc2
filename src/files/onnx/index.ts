export type { OnnxTensor } from "./onnx-tensor.ts";
export { type OnnxWeights, readOnnx } from "./read-onnx.ts";
export type { Use } from "./uses.ts";
