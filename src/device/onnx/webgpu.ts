import { INDICES_OF_MAXIMA } from "../../expr/index.ts";

/**
 * What ONNX Runtime's WebGPU provider cannot compute in float32 (1.30, tried one by one in Node), of what programs are made of: types of
 * nodes, and `INDICES_OF_MAXIMA`. A cast from int64, which `ArgMax` needs afterwards, has no kernel.
 */
export const webgpuLacks: ReadonlySet<string> = new Set([
  ...["Sign", "Round", "LogSoftmax", "Mod", "Or", "Xor", "ArgMax"],
  INDICES_OF_MAXIMA,
]);
