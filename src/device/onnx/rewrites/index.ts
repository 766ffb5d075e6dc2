/** Rewrites of a program before lowering, so that each of ONNX Runtime's kernels does more. */

export { moveBroadcastsOut } from "./broadcasts.ts";
export { biasedProducts } from "./gemm.ts";
