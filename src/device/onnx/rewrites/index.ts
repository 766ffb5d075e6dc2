/** How a program is changed before it is lowered, so that ONNX Runtime's kernels do more at once. */
export { biasedProducts } from "./gemm.ts";
export { unstretch } from "./stretch.ts";
