import { nodeRuntime } from "../../compile/onnx/node/index.ts";
import { onnxBackend } from "../onnx-backend.ts";
import type { Means } from "../options.ts";
import { referenceBackend } from "../reference-backend.ts";

export interface ComputeOptions {
  /** What computes costs and gradients. Default: ONNX Runtime. */
  readonly backend?: "onnx" | "reference";
  /** Threads for ONNX Runtime. Default: one for small nets, else all cores. */
  readonly threads?: number;
}

/** What Node computes with. Throws where ONNX Runtime is wanted and not installed. */
export async function nodeMeans({ backend = "onnx", threads }: ComputeOptions = {}): Promise<Means> {
  return { backend: backend === "reference" ? referenceBackend : onnxBackend(await nodeRuntime(), threads) };
}
