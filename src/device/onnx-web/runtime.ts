import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { Port } from "../onnx/graph.ts";
import { idlePasses, withoutPasses } from "../onnx/idle-passes.ts";
import { ownMemory } from "../onnx/residents.ts";
import type { Runtime, Session, View } from "../onnx/session.ts";
import { webgpuLacks } from "../onnx/webgpu.ts";
import { type Queue, queue } from "../queue.ts";
import { webResidency } from "./residency.ts";

/** ONNX Runtime's build for browsers, from any of its bundles. */
type Ort = typeof import("onnxruntime-web");

export interface WebOptions {
  readonly provider: "wasm" | "webgpu";
  /** Threads for all programs together. They are set once per page or process: later calls keep the first call's. */
  readonly threads: number;
}

/**
 * One instance serves a page or process, and its calls must not overlap: each allocates on one stack and, after it has
 * waited, frees what others allocated meanwhile (1.30). So programs of one run wait for those of another.
 */
const queues = new WeakMap<Ort, Queue>();

/** ONNX Runtime's build for browsers, which runs in Node, too. It has its own memory, so tensors are copied. */
export function webRuntime(ort: Ort, { provider, threads }: WebOptions): Runtime {
  const { wasm, versions } = ort.env;
  wasm.numThreads ??= threads;
  if (wasm.numThreads === 0) wasm.numThreads = threads;
  ort.env.logLevel = "fatal";
  const inTurn = queues.get(ort) ?? queue();
  queues.set(ort, inTurn);
  const create = (model: Uint8Array<ArrayBuffer>, options: InferenceSession.SessionOptions) =>
    inTurn(() =>
      ort.InferenceSession.create(model, {
        executionProviders: [provider],
        executionMode: "sequential",
        logSeverityLevel: 4,
        extra: {
          ...withoutPasses(idlePasses),
          // Values that went to the processor and back in every step would be slow, and nobody would know.
          ...(provider === "webgpu" && { session: { disable_cpu_ep_fallback: "1" } }),
        },
        ...options,
      }),
    );
  const runtime: Runtime = {
    name: provider,
    runtime: { name: "onnxruntime-web", version: versions.web ?? versions.common },
    float64: provider === "wasm",
    threads: wasm.numThreads,
    ...(provider === "webgpu" && { lacks: webgpuLacks }),
    open: async (model, { fusion }) =>
      session(ort, await create(model, { graphOptimizationLevel: fusion ? "all" : "basic" }), inTurn),
  };
  if (provider === "wasm") return runtime;
  return { ...runtime, ownMemory: ownMemory(runtime, webResidency(ort, create, inTurn)) };
}

function session(ort: Ort, loaded: InferenceSession, inTurn: Queue): Session {
  const feeds: Record<string, Tensor> = {};
  const results = new Map<string, View>();
  return {
    bindInput: ({ name, shape }: Port, view) => {
      feeds[name] =
        view instanceof Float32Array ? new ort.Tensor("float32", view, shape) : new ort.Tensor("float64", view, shape);
    },
    bindOutput: ({ name }, view) => {
      results.set(name, view);
    },
    run: async () => {
      // It does not write to the tensors passed for results (1.30), only to those that it returns.
      const computed = await inTurn(() => loaded.run(feeds));
      for (const [name, view] of results) {
        const { data } = computed[name];
        if (data instanceof Float32Array || data instanceof Float64Array) view.set(data);
      }
    },
    close: () => inTurn(() => loaded.release()),
  };
}
