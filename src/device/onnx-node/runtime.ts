import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { DeviceError } from "../error.ts";
import { yieldEvery } from "../event-loop.ts";
import type { Port } from "../onnx/graph.ts";
import { idleBesideBlocks, idlePasses, withoutPasses } from "../onnx/idle-passes.ts";
import type { Runtime, Session, SessionSettings, View } from "../onnx/session.ts";
import { webgpuLacks } from "../onnx/webgpu.ts";
import { type Loaded, openDirectly } from "./direct.ts";
import { vulkanFault } from "./vulkan.ts";

type Ort = typeof import("onnxruntime-node");

/** Where this build can compute: `cpu`, or a GPU by `webgpu` or `cuda`. */
export type Provider = "cpu" | "webgpu" | "cuda";

const INSTALL = "install it with: npm install onnxruntime-node --ignore-scripts";

/** What to do if a GPU is not available. */
const remedies = {
  webgpu: "it needs a GPU with a Vulkan, Metal or Direct3D 12 driver, and on Linux libvulkan1; or use --device cpu",
  cuda:
    "it needs an NVIDIA GPU, CUDA 12, cuDNN 9, and the libraries that npm rebuild onnxruntime-node --ignore-scripts=false downloads; " +
    "or use --device cpu",
} as const;

/** ONNX Runtime for Node. Throws a DeviceError if it cannot be loaded, or if there is no such GPU. */
export async function nodeRuntime(provider: Provider = "cpu"): Promise<Runtime> {
  const ort = await load();
  const direct = await openDirectly();
  const open = direct ?? ort.InferenceSession.create;
  const runtime: Runtime = {
    name: provider,
    runtime: { name: "onnxruntime-node", version: ort.env.versions.node ?? ort.env.versions.common },
    float64: provider === "cpu",
    threads: availableParallelism(),
    ...(provider === "webgpu" && { lacks: webgpuLacks }),
    ...(provider === "cpu" && { mayBlockImages: true }),
    open: async (model, settings) => session(ort, await open(model, sessionOptions(provider, settings))),
  };
  if (provider === "cpu") return runtime;
  const fault = provider === "webgpu" ? vulkanFault() : undefined;
  if (fault !== undefined) throw new DeviceError(`the device ${provider} cannot be used`, fault, remedies[provider]);
  const { probe } = await import("../onnx/probe.ts");
  await probe(runtime, remedies[provider]);
  // For CUDA the package has no results that stay.
  if (provider === "cuda") return runtime;
  const [{ ownMemory }, { nodeResidency }] = await Promise.all([
    import("../onnx/residents.ts"),
    import("./residency.ts"),
  ]);
  const options = sessionOptions(provider, { threads: 1, fusion: true });
  return { ...runtime, ownMemory: ownMemory(runtime, nodeResidency(ort, open, options, direct !== undefined)) };
}

async function load(): Promise<Ort> {
  try {
    const ort = await import("onnxruntime-node");
    // Unless somebody chose a level: its findings about the machine's devices do not belong on users' terminals, and its
    // errors are thrown, too.
    if (ort.env.logLevel === "warning") ort.env.logLevel = "fatal";
    return ort;
  } catch (cause) {
    throw new DeviceError("ONNX Runtime could not be loaded", cause, INSTALL);
  }
}

function sessionOptions(
  provider: Provider,
  { threads, fusion, sparing = false, blocked = false }: SessionSettings,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    // "basic" keeps to standard operators: it folds constants, merges equal nodes and puts biases into products.
    graphOptimizationLevel: fusion ? "all" : "basic",
    executionMode: "sequential",
    enableMemPattern: !sparing,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Idle threads sleep. Busy waiting makes a large net's step a sixth faster on an idle machine, but doubles its time on a
    // busy one, where the awaited thread is not running.
    extra: {
      ...withoutPasses([...idlePasses, ...(blocked ? idleBesideBlocks : [])]),
      session: {
        intra_op: { allow_spinning: "0" },
        // Values that went to the processor and back in every step would be slow, and nobody would know.
        ...(provider === "webgpu" && { disable_cpu_ep_fallback: "1" }),
      },
    },
    // Print fatal errors only, since others are thrown.
    logSeverityLevel: 4,
  };
}

/** Milliseconds after which the thread may handle other events between two runs. */
const PATIENCE = 10;

function session(ort: Ort, loaded: Loaded): Session {
  const feeds: Record<string, Tensor> = {};
  const fetches: Record<string, Tensor> = {};
  const rest = yieldEvery(PATIENCE, setImmediate);
  const tensor = ({ shape }: Port, view: View): Tensor =>
    view instanceof Float32Array ? new ort.Tensor("float32", view, shape) : new ort.Tensor("float64", view, shape);
  return {
    bindInput: (port, view) => {
      feeds[port.name] = tensor(port, view);
    },
    bindOutput: (port, view) => {
      fetches[port.name] = tensor(port, view);
    },
    run: async () => {
      await loaded.run(feeds, fetches);
      await rest();
    },
    close: async () => loaded.release(),
  };
}
