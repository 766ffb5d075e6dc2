import { setImmediate } from "node:timers/promises";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { yieldEvery } from "../event-loop.ts";
import type { Residency, ResidentSession } from "../onnx/residents.ts";
import type { Loaded, Tensors } from "./direct.ts";

/** Milliseconds after which the thread may handle other events between two runs. */
const PATIENCE = 10;

/** What stays on a GPU, in Node. `isDirect`: whether runs have computed when the call returns. */
export function nodeResidency(
  ort: typeof import("onnxruntime-node"),
  open: (model: Uint8Array<ArrayBuffer>, options: InferenceSession.SessionOptions) => Promise<Loaded>,
  options: InferenceSession.SessionOptions,
  isDirect: boolean,
): Residency<Tensor> {
  return {
    canWait: isDirect,
    tensor: (vector, shape) => new ort.Tensor("float32", vector, shape),
    open: async (model, outputs, staying) => {
      const places = Object.fromEntries(
        outputs.map((name) => [name, staying.includes(name) ? "gpu-buffer" : "cpu"] as const),
      );
      return session(await open(model, { ...options, preferredOutputLocation: places }), outputs);
    },
  };
}

function session(loaded: Loaded, outputs: readonly string[]): ResidentSession<Tensor> {
  const rest = yieldEvery(PATIENCE, setImmediate);
  // With null in place of a tensor, a result gets one of its own.
  const fetches = Object.fromEntries(outputs.map((name) => [name, null]));
  return {
    run: async (feeds) => {
      const results = await loaded.run(feeds, fetches);
      await rest();
      return results;
    },
    runNow: (feeds) => {
      const results = loaded.run(feeds, fetches);
      if (isPromise(results)) throw new Error("this version of onnxruntime-node cannot wait for a run");
      return results;
    },
    close: async () => loaded.release(),
  };
}

const isPromise = (results: Tensors | Promise<Tensors>): results is Promise<Tensors> => results instanceof Promise;
