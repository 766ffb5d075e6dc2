import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web";

/** A feed: an input's type, values and shape. */
export type Feed = readonly [type: "float32" | "string", values: Float32Array | string[], shape: readonly number[]];
type Results = Readonly<Record<string, ArrayLike<unknown>>>;

/** The same file in ONNX Runtime for Node and for browsers. */
export const runtimes = {
  node: async (bytes: Uint8Array, feeds: Readonly<Record<string, Feed>>): Promise<Results> => {
    const session = await node.InferenceSession.create(bytes);
    const tensors = Object.entries(feeds).map(([name, [type, values, shape]]) => [
      name,
      Reflect.construct(node.Tensor, [type, values, shape]),
    ]);
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(Object(data))]));
  },
  web: async (bytes: Uint8Array, feeds: Readonly<Record<string, Feed>>): Promise<Results> => {
    web.env.wasm.numThreads = 1;
    const session = await web.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
    const tensors = Object.entries(feeds).map(([name, [type, values, shape]]) => [
      name,
      Reflect.construct(web.Tensor, [type, values, shape]),
    ]);
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(Object(data))]));
  },
};
