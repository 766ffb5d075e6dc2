import type { DeviceFacts, OwnMemory } from "../device.ts";
import type { Port } from "./graph.ts";

/** The elements of a tensor, row by row. */
export type View = Float32Array | Float64Array;

/** How to run a model. */
export interface SessionSettings {
  /** The number of threads, including the caller's. */
  readonly threads: number;
  /**
   * Whether nodes may be merged into non-standard operators. Most of these only have float32 kernels, so a model with a
   * float64 value may fail to load if they are allowed.
   */
  readonly fusion: boolean;
  /** Whether each value gets memory when it is computed, not all of them one block that is planned ahead. Default: false. */
  readonly sparing?: boolean;
  /** Whether images lie in blocks, the runtime's own layout. Default: false. */
  readonly blocked?: boolean;
}

/** A build of ONNX Runtime, in Node or in a browser, on a processor or a GPU. */
export interface Runtime extends Omit<DeviceFacts, "backend"> {
  /**
   * Types of nodes that it cannot compute, and the like (`OnnxGraph.lacks`): programs for it are lowered without them, and one that has
   * still another such node does not open. Missing where it computes every node.
   */
  readonly lacks?: ReadonlySet<string>;
  /** Set for ONNX Runtime's native build on a processor, which may have a faster layout of images; programs ask it for the blocks' size. */
  readonly mayBlockImages?: true;
  open(model: Uint8Array<ArrayBuffer>, settings: SessionSettings): Promise<Session>;
  /** The memory of its device; missing where that is the processor's. */
  readonly ownMemory?: OwnMemory;
}

/** A loaded model. It reads its inputs and writes its outputs in place. */
export interface Session {
  bindInput(port: Port, view: View): void;
  bindOutput(port: Port, view: View): void;
  run(): Promise<void>;
  close(): Promise<void>;
}
