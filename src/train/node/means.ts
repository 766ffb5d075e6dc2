import { nodeRuntime } from "../../compile/onnx/node/index.ts";
import type { Backend } from "../backend.ts";
import { onnxBackend } from "../onnx-backend.ts";
import type { Means } from "../options.ts";
import { referenceBackend } from "../reference-backend.ts";

export interface ComputeOptions {
  /** What computes costs and gradients. Default: ONNX Runtime, or the reference interpreter where that is not installed. */
  readonly backend?: "onnx" | "reference";
  /** Threads for ONNX Runtime. Default: one for small nets, else all cores. */
  readonly threads?: number;
}

/** What Node computes with. Throws where ONNX Runtime is asked for by name and not installed. */
export async function nodeMeans({ backend, threads }: ComputeOptions = {}): Promise<Means> {
  if (backend === "reference") return { backend: referenceBackend };
  if (backend === "onnx") return { backend: onnxBackend(await nodeRuntime(), threads) };
  return { backend: await onnxOrReference(threads) };
}

/** ONNX Runtime is an optional dependency: its install script can fail where there is no network. */
async function onnxOrReference(threads?: number): Promise<Backend> {
  try {
    return onnxBackend(await nodeRuntime(), threads);
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: String(error) };
    process.emitWarning(`${message}. Until then the reference interpreter computes, some 50 times slower.`);
    return referenceBackend;
  }
}
