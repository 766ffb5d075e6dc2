import type { Device } from "../device.ts";
import { NoRuntimeError, nodeRuntime } from "../onnx-node/runtime.ts";
import { referenceDevice } from "../reference/device.ts";

export interface ComputeOptions {
  /** What computes costs and gradients. Default: ONNX Runtime, or the reference interpreter where that is not installed. */
  readonly backend?: "onnx" | "reference";
  /** Threads for ONNX Runtime. Default: one for small nets, else all cores. */
  readonly threads?: number;
  /** Hears why the reference interpreter computes where nobody asked for it. Default: a warning of the process. */
  readonly onWarning?: (message: string) => void;
}

/** What Node computes with. Throws a NoRuntimeError where ONNX Runtime is asked for by name and cannot be loaded. */
export async function nodeDevice(options: ComputeOptions = {}): Promise<Device> {
  if ((await backendFor(options)) === "reference") return referenceDevice;
  const { onnxDevice } = await import("../onnx/device.ts");
  return onnxDevice(await nodeRuntime(), options.threads);
}

/** Which one it is. ONNX Runtime is an optional dependency: its install script can fail where there is no network. */
export async function backendFor({ backend, onWarning = warn }: ComputeOptions): Promise<"onnx" | "reference"> {
  if (backend === "reference") return backend;
  try {
    await nodeRuntime();
    return "onnx";
  } catch (error) {
    if (backend === "onnx" || !(error instanceof NoRuntimeError)) throw error;
    onWarning(`${error.message}. Until then the reference interpreter computes, some 50 times slower.`);
    return "reference";
  }
}

const warn = (message: string): void => process.emitWarning(message);
