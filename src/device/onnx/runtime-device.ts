import type { Device } from "../device.ts";
import { OnnxProgram, type Runtime } from "./index.ts";

/** ONNX Runtime as a device: it reads weights and writes gradients in place. */
export function onnxDevice(runtime: Runtime, threads?: number): Device {
  const { name, runtime: software, float64, ownMemory } = runtime;
  return {
    name,
    backend: "onnx",
    runtime: software,
    float64,
    threads: threads ?? runtime.threads,
    ...(ownMemory && { ownMemory }),
    prepare: async (outputs, views) => {
      const program = await OnnxProgram.compile(outputs, runtime, threads === undefined ? {} : { threads });
      return program.bind(views);
    },
  };
}
