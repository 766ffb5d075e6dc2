import type { InferenceSession, Tensor } from "onnxruntime-node";

type Options = InferenceSession.SessionOptions;
/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Loads the bytes of a model. */
type Open = (model: Uint8Array<ArrayBuffer>, options: Options) => Promise<Loaded>;

/** A loaded model. */
export interface Loaded {
  /** Computes what `fetches` names, into its tensors; where that is null, the result has a tensor of its own. */
  run(feeds: Tensors, fetches: Readonly<Record<string, Tensor | null>>): Tensors | Promise<Tensors>;
  release(): void | Promise<void>;
}

/**
 * Loads models into the native session that onnxruntime-node's public one wraps. The wrapper defers each run to the event
 * loop and checks its arguments, which takes 20 µs, a seventh of a small net's step; this one computes synchronously, so the
 * caller must let the thread handle other events. It is not part of the package's public interface: undefined if a version
 * does not have it.
 */
export async function openDirectly(): Promise<Open | undefined> {
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
