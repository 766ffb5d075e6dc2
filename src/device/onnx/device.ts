import type { Device } from "../device.ts";
import { OnnxProgram, type Runtime } from "./index.ts";

/** ONNX Runtime: weights are read and gradients written in place. */
export const onnxDevice = (runtime: Runtime, threads?: number): Device => ({
  name: "onnx",
  prepare: async (outputs, views) => {
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
  },
});
