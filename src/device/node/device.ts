import { availableParallelism } from "node:os";
import { chosenDevice, chosenThreads, type DeviceOptions } from "../choice.ts";
import type { Device, DeviceName } from "../device.ts";
import { DeviceError } from "../error.ts";
import type { Runtime } from "../onnx/session.ts";
import { nodeRuntime } from "../onnx-node/runtime.ts";
import { referenceDevice } from "../reference/interpreter.ts";

/**
 * The device for Node. Throws a DeviceError if the device is not available. Only "auto" falls back, with a warning, to ONNX
 * Runtime's WebAssembly build if the native one cannot be loaded; never to the interpreter, which is too slow for a fallback.
 */
export async function nodeDevice(options: DeviceOptions = {}): Promise<Device> {
  const chosen = chosenDevice(options);
  const threads = chosenThreads(options, availableParallelism(), options.onWarning ?? warn);
  if (typeof chosen !== "string") return chosen;
  return chosen === "auto" ? automatic({ ...options, threads }) : named[chosen](threads);
}

const named: Readonly<Record<DeviceName, (threads?: number) => Promise<Device>>> = {
  cpu: (threads) => onnx(nodeRuntime(), threads),
  wasm: (threads) => onnx(wasmRuntime(threads)),
  webgpu: (threads) => onnx(nodeRuntime("webgpu"), threads),
  cuda: (threads) => onnx(nodeRuntime("cuda"), threads),
  reference: async () => referenceDevice,
};

/** Loads the compiler when first needed. */
async function onnx(loading: Promise<Runtime>, threads?: number): Promise<Device> {
  const [runtime, { onnxDevice }] = await Promise.all([loading, import("../onnx/runtime-device.ts")]);
  return onnxDevice(runtime, threads);
}

async function automatic({
  threads,
  onWarning = warn,
}: Pick<DeviceOptions, "onWarning"> & { threads?: number | undefined }): Promise<Device> {
  try {
    return await named.cpu(threads);
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    const device = await named.wasm(threads);
    onWarning(`${error.message}. Until then its WebAssembly build is used, which is 3 to 5 times slower.`);
    return device;
  }
}

const WASM = "install it with: npm install onnxruntime-web; or use --device reference, which is about 50 times slower";

/**
 * Node finds the build's files in node_modules. It uses one thread unless more are requested: threads start once for all programs,
 * and on two cores two threads take 2.4 times as long as one for a step of 64-64-10, and 1.4 times for 784-1000-1000-10.
 */
async function wasmRuntime(threads = 1): Promise<Runtime> {
  const ort = await import("onnxruntime-web").catch((cause: unknown) => {
    throw new DeviceError("ONNX Runtime's WebAssembly build could not be loaded", cause, WASM);
  });
  const [{ webRuntime }, { probe }] = await Promise.all([import("../onnx-web/runtime.ts"), import("../onnx/probe.ts")]);
  const runtime = webRuntime(ort, { provider: "wasm", threads });
  await probe(runtime, WASM);
  return runtime;
}

const warn = (message: string): void => process.emitWarning(message);
