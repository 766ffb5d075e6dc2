import type { InferenceSession, Tensor } from "onnxruntime-node";

type Options = InferenceSession.SessionOptions;
type Tensors = Readonly<Record<string, Tensor>>;

/** Loads the bytes of a model. */
type Open = (model: Uint8Array<ArrayBuffer>, options: Options) => Promise<Loaded>;

/** A loaded model. */
export interface Loaded {
  run(feeds: Tensors, fetches: Tensors): unknown;
  release(): void | Promise<void>;
}

/**
 * Loads models into the session that onnxruntime-node's own one stands before. That one leaves each run to the event loop
 * and looks its arguments over, which takes 20 µs, a seventh of a small net's step; this one computes at once, so
 * whoever calls it lets the thread's other events through. It is no part of the package's public interface: undefined
 * where a version has none such.
 */
export async function directly(): Promise<Open | undefined> {
  const inside = await import("onnxruntime-node/dist/binding.js").catch(() => undefined);
  const { run, loadModel, dispose } = inside?.binding?.InferenceSession?.prototype ?? {};
  if (inside === undefined || [inside.initOrt, run, loadModel, dispose].some((f) => typeof f !== "function"))
    return undefined;
  const { initOrt, binding } = inside;
  return async ({ buffer, byteOffset, byteLength }, options) => {
    initOrt();
    const session = new binding.InferenceSession();
    await session.loadModel(buffer, byteOffset, byteLength, options);
    return { run: (feeds, fetches) => session.run(feeds, fetches, {}), release: () => session.dispose() };
  };
}
