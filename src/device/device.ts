import type { DType, Expr, Vector } from "../expr/index.ts";

/**
 * What devices are asked for by: ONNX Runtime's native build on the processor, its WebAssembly build, a GPU by WebGPU or
 * CUDA, and the reference interpreter.
 */
export const deviceNames = ["cpu", "wasm", "webgpu", "cuda", "reference"] as const;
export type DeviceName = (typeof deviceNames)[number];

/** Vectors by name. */
export type Views = Readonly<Record<string, Vector>>;

/** A program that is ready to run: it reads its inputs from the views bound to it and writes its results there. */
export interface Runnable {
  /** Binds other views to those names; there may be more than the program uses. */
  bind(views: Views): void;
  /** A device that can, leaves off where the signal is given, and throws its reason; the results are spoilt then. */
  run(signal?: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}

/** What is to know of a device: its words, and what it can do. Code that is shared goes by what it can, not by its name. */
export interface DeviceFacts {
  readonly name: DeviceName;
  /** In what form it takes programs: as ONNX graphs, or as they are. */
  readonly backend: "onnx" | "reference";
  /** The package that computes there, and its version; none for our own interpreter. */
  readonly runtime: { readonly name: string; readonly version: string } | null;
  /** Whether it computes in float64; all do in float32. */
  readonly float64: boolean;
  /** Threads that compute together in a large program. */
  readonly threads: number;
  /** The most examples to evaluate at a time, where an interruption would have to wait too long for more. */
  readonly evaluationBatch?: number;
}

/** Something that computes tensor programs over vectors in memory. */
export interface Device extends DeviceFacts {
  /** Makes named expressions ready; `views` holds inputs and outputs by name, and may hold more than are used. */
  prepare(outputs: Readonly<Record<string, Expr>>, views: Views): Promise<Runnable>;
}

/** A device in words: `cpu (onnxruntime-node 1.30.0)`. */
export const deviceWords = ({ name, runtime }: DeviceFacts): string =>
  runtime === null ? name : `${name} (${runtime.name} ${runtime.version})`;

/** Throws a RangeError where the device has no numbers of this type. */
export function checkDType({ name, float64 }: Pick<DeviceFacts, "name" | "float64">, dtype: DType): void {
  if (dtype === "f64" && !float64)
    throw new RangeError(`${name} computes in f32 only, and the run is to be in f64; choose dtype f32, or cpu or wasm`);
}
