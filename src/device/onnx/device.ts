import type { Device } from "../device.ts";
import { OnnxProgram, type Runtime } from "./index.ts";

/** ONNX Runtime: weights are read from their vectors, and gradients written to theirs. */
export function onnxDevice(runtime: Runtime, threads?: number): Device {
  const prepare: Device["prepare"] = async (outputs, views) => {
    const program = await OnnxProgram.compile(outputs, runtime, threads === undefined ? {} : { threads });
    const used = new Set([...program.inputs, ...program.outputs].map(({ name }) => name));
    for (const name of used) program.bind(name, views[name]);
    return {
      bind: (name, view) => {
        if (used.has(name)) program.bind(name, view);
      },
      run: () => program.run(),
      dispose: () => program.dispose(),
    };
  };
  const { name, runtime: software, float64 } = runtime;
  return { name, backend: "onnx", runtime: software, float64, threads: threads ?? runtime.threads, prepare };
}
