import { chosenDevice, chosenThreads, type DeviceOptions } from "../choice.ts";
import type { Device, DeviceName } from "../device.ts";
import { DeviceError } from "../error.ts";
import { probe } from "../onnx/probe.ts";
import { onnxDevice } from "../onnx/runtime-device.ts";
import { webRuntime } from "../onnx-web/runtime.ts";
import { referenceDevice } from "../reference/interpreter.ts";

// Globals of a page or its worker; this library does not include the browser's types.
declare const crossOriginIsolated: boolean | undefined;
declare const navigator: { readonly hardwareConcurrency?: number } | undefined;

/** The device for a page; "auto" means wasm. Throws a DeviceError if the device is not available. */
export async function browserDevice(options: DeviceOptions = {}): Promise<Device> {
  const chosen = chosenDevice(options);
  const threads = chosenThreads(options, threadsHere(), options.onWarning ?? (() => {}));
  if (typeof chosen !== "string") return chosen;
  return named[chosen === "auto" ? "wasm" : chosen](threads);
}

const named: Readonly<Record<DeviceName, (threads?: number) => Promise<Device>>> = {
  wasm: (threads = threadsHere()) => onnxWeb("wasm", threads),
  webgpu: (threads = threadsHere()) => onnxWeb("webgpu", threads),
  cpu: () => refuse("cpu"),
  cuda: () => refuse("cuda"),
  reference: async () => referenceDevice,
};

/** Only cross-origin isolated pages (headers COOP and COEP) can share memory among threads. */
function threadsHere(): number {
  const isolated = typeof crossOriginIsolated !== "undefined" && crossOriginIsolated === true;
  return isolated && typeof navigator !== "undefined" ? (navigator.hardwareConcurrency ?? 1) : 1;
}

const remedies = {
  wasm: "the page's server has to serve the .wasm file that the bundler puts beside the script",
  webgpu: "it needs a browser with WebGPU, and a GPU; or use the device wasm",
} as const;

async function onnxWeb(provider: "wasm" | "webgpu", threads: number): Promise<Device> {
  const loading = provider === "wasm" ? import("onnxruntime-web/wasm") : import("onnxruntime-web/webgpu");
  const ort = await loading.catch((cause: unknown) => {
    throw new DeviceError(`the device ${provider} could not be loaded`, cause, remedies[provider]);
  });
  const runtime = webRuntime(ort, { provider, threads });
  await probe(runtime, remedies[provider]);
  return onnxDevice(runtime);
}

async function refuse(name: "cpu" | "cuda"): Promise<Device> {
  throw new DeviceError(`the device ${name} cannot be used`, "it needs Node", "use wasm or webgpu");
}
