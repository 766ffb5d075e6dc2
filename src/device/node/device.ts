import { availableParallelism } from "node:os";
import { chosenDevice, chosenThreads, type DeviceOptions } from "../choice.ts";
import type { Device, DeviceName } from "../device.ts";
import { DeviceError } from "../error.ts";
import type { Runtime } from "../onnx/session.ts";
import { nodeRuntime } from "../onnx-node/runtime.ts";
import { referenceDevice } from "../reference/interpreter.ts";

/**
 * What Node computes with. Throws a DeviceError where the device cannot be had; only "auto" takes another one, and says so:
 * ONNX Runtime's WebAssembly build where the native one cannot be loaded. Never the interpreter, which is too slow to be a surprise.
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

/** The compiler is loaded when it is wanted. */
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
    onWarning(`${error.message}. Until then its WebAssembly build computes, 3 to 5 times slower.`);
    return device;
  }
}

const WASM = "install it with: npm install onnxruntime-web; or take --device reference, some 50 times slower";

/**
 * Node finds the build's files in node_modules. One thread unless more are asked for: they start once for all programs, and on
 * two cores two take 2.4 times one's time for a step of 64-64-10, and 1.4 times for one of 784-1000-1000-10.
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
