import { DeviceError } from "../../../src/device/index.ts";
import { nodeRuntime } from "../../../src/device/onnx-node/index.ts";

/** ONNX Runtime on a GPU, or on SwiftShader, a GPU made of software (vitest.config.ts); undefined where there is neither. */
export const gpu = await nodeRuntime("webgpu").catch((error: unknown) => {
  if (!(error instanceof DeviceError)) throw error;
  console.warn(`SKIPPED: tests on a GPU: ${error.message}`);
  return undefined;
});
