import { availableParallelism } from "node:os";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Port } from "../onnx/graph.ts";
import type { Runtime, Session, SessionSettings, View } from "../onnx/session.ts";

type Ort = typeof import("onnxruntime-node");

/** ONNX Runtime is not installed, or not whole: the message says why, and what to do. */
export class NoRuntimeError extends Error {
  override readonly name = "NoRuntimeError";

  constructor(cause: unknown) {
    super(
      `ONNX Runtime could not be loaded (${reasonOf(cause)}); ` +
        "install it with: npm install onnxruntime-node --ignore-scripts",
      { cause },
    );
  }
}

/** The loader's own words, on one line: which file is missing, or what is wrong with it. */
function reasonOf(cause: unknown): string {
  const words = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ").trim();
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words;
}

/** Characters of the loader's words; two paths have room. */
const MOST_WORDS = 300;

/** ONNX Runtime for Node, on the CPU. Throws a NoRuntimeError where it cannot be loaded. */
export async function nodeRuntime(): Promise<Runtime> {
  const ort = await load();
  return {
    threads: availableParallelism(),
    open: async (model, settings) => session(ort, await ort.InferenceSession.create(model, sessionOptions(settings))),
  };
}

async function load(): Promise<Ort> {
  try {
    const ort = await import("onnxruntime-node");
    // Until somebody chose a level: what it finds out about the machine's devices is not for our users' terminals.
    if (ort.env.logLevel === "warning") ort.env.logLevel = "error";
    return ort;
  } catch (cause) {
    throw new NoRuntimeError(cause);
  }
}

function sessionOptions({ threads, fusion }: SessionSettings): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    // "basic" keeps to standard operators: constants folded, equal nodes merged, biases put into products.
    graphOptimizationLevel: fusion ? "all" : "basic",
    executionMode: "sequential",
    enableMemPattern: true,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Threads that have nothing to do sleep. Waiting busily takes a sixth off a large net's step on an idle machine and
    // costs a factor of two on a busy one, where the thread waited for is not running.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    // Fatal errors only: others are thrown, and need not be printed as well.
    logSeverityLevel: 4,
  };
}

function session(ort: Ort, loaded: InferenceSession): Session {
  const feeds: Record<string, Tensor> = {};
  const fetches: Record<string, Tensor> = {};
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
    },
    close: () => loaded.release(),
  };
}
