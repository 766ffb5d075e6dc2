import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { Residency } from "../onnx/residents.ts";
import type { Queue } from "../queue.ts";

/** What stays on a GPU, in a browser. `create` loads a model; `inTurn` keeps calls from overlapping. */
export function webResidency(
  ort: typeof import("onnxruntime-web"),
  create: (model: Uint8Array<ArrayBuffer>, options: InferenceSession.SessionOptions) => Promise<InferenceSession>,
  inTurn: Queue,
): Residency<Tensor> {
  return {
    canWait: false,
    tensor: (vector, shape) => new ort.Tensor("float32", vector, shape),
    open: async (model, outputs, staying) => {
      const places = outputs.map((name) => [name, staying.includes(name) ? "gpu-buffer" : "cpu"] as const);
      const loaded = await create(model, { preferredOutputLocation: Object.fromEntries(places) });
      return { run: (feeds) => inTurn(() => loaded.run(feeds)), close: () => inTurn(() => loaded.release()) };
    },
  };
}
