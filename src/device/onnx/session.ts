import type { DeviceFacts } from "../device.ts";
import type { Port } from "./graph.ts";

/** Numbers of a tensor, row by row. */
export type View = Float32Array | Float64Array;

/** How a model is to be run. */
export interface SessionSettings {
  /** Threads that compute together, the caller's included. */
  readonly threads: number;
  /**
   * Whether nodes may be merged into operators beyond the standard. Most of those have float32 kernels only, so a model
   * with a float64 value in it may not load where they are allowed.
   */
  readonly fusion: boolean;
}

/** Something that can run models: a build of ONNX Runtime, in Node or in a browser, on a processor or a GPU. */
export interface Runtime extends Omit<DeviceFacts, "backend"> {
  open(model: Uint8Array<ArrayBuffer>, settings: SessionSettings): Promise<Session>;
}

/** A loaded model whose inputs and outputs are views that it reads and writes in place. */
export interface Session {
  bindInput(port: Port, view: View): void;
  bindOutput(port: Port, view: View): void;
  run(): Promise<void>;
  close(): Promise<void>;
}
