import type { DType, Expr, Vector } from "../expr/index.ts";

/**
 * The names of devices: ONNX Runtime's native build on the processor, its WebAssembly build, a GPU by WebGPU or CUDA, and
 * the reference interpreter.
 */
export const deviceNames = ["cpu", "wasm", "webgpu", "cuda", "reference"] as const;
/**
 * A device's name: `"cpu"` is ONNX Runtime's native build on the processor, `"wasm"` its WebAssembly build, `"webgpu"`
 * and `"cuda"` a GPU, `"reference"` the interpreter.
 */
export type DeviceName = (typeof deviceNames)[number];

/** Vectors by name. */
export type Views = Readonly<Record<string, Vector>>;

/** A program that is ready to run: it reads its inputs from its bound views and writes its results there. */
export interface Runnable {
  /** Binds other views to these names; names that the program does not use are ignored. */
  bind(views: Views): void;
  /**
   * Runs the program. Some devices stop when the signal is aborted, and throw its reason; the results are then invalid.
   */
  run(signal?: AbortSignal): Promise<void>;
  /** Releases the program's memory on the device. */
  dispose(): Promise<void>;
}

/** A device's names and capabilities. Shared code must decide by capabilities, not by names. */
export interface DeviceFacts {
  /** The value of the option `device` and of the flag `--device`. */
  readonly name: DeviceName;
  /** Whether it runs programs as ONNX graphs, or interprets them directly. */
  readonly backend: "onnx" | "reference";
  /** The package that computes, and its version; null for our own interpreter. */
  readonly runtime: { readonly name: string; readonly version: string } | null;
  /** Whether it can compute in float64; all can in float32. */
  readonly float64: boolean;
  /** The number of threads that share a large program. */
  readonly threads: number;
  /** The most examples to evaluate at a time, if an interruption would have to wait too long for more. */
  readonly evaluationBatch?: number;
}

/** A vector of float32 numbers that lies in a device's own memory. */
export interface Resident {
  readonly length: number;
  /** Frees its memory; repeated calls are harmless. */
  dispose(): void;
}

/**
 * The memory of a device that does not work in the processor's, such as a GPU's. What stays there from run to run need not cross the bus
 * each time.
 */
export interface OwnMemory {
  /** Copies a vector there. Throws a TypeError for float64. */
  upload(vector: Vector): Promise<Resident>;
  /** Copies it back, into a vector of its length. */
  download(from: Resident, to: Vector): Promise<void>;
  /** The same at once; missing where the platform cannot wait for its device, as in a browser. */
  downloadNow?(from: Resident, to: Vector): void;
  /** Prepares named expressions, of which some results stay there: these, and inputs that lie there, are vectors with one axis. */
  prepare(outputs: Readonly<Record<string, Expr>>, staying: readonly string[]): Promise<ResidentProgram>;
}

/** A program over vectors in a device's own memory. It takes and returns values, and changes none. */
export interface ResidentProgram {
  /** Each input by its name: a resident, or a vector, which is copied to the device. Names that the program does not use are ignored. */
  run(inputs: Readonly<Record<string, Vector | Resident>>): Promise<ResidentResults>;
  /** Releases the program's memory; residents stay. */
  dispose(): Promise<void>;
}

/** The results of a run by name. */
export interface ResidentResults {
  /** Those that stay: new residents, of which the caller has to dispose. */
  readonly residents: Readonly<Record<string, Resident>>;
  /** The others. */
  readonly values: Views;
}

/** A device computes tensor programs over vectors in memory. */
export interface Device extends DeviceFacts {
  /** The device's own memory; missing where programs work in the caller's. */
  readonly ownMemory?: OwnMemory;
  /** Prepares named expressions; `views` holds their inputs and outputs by name, and may hold others. */
  prepare(outputs: Readonly<Record<string, Expr>>, views: Views): Promise<Runnable>;
}

/** A device's name and package: `cpu (onnxruntime-node 1.30.0)`. */
export const deviceWords = ({ name, runtime }: DeviceFacts): string =>
  runtime === null ? name : `${name} (${runtime.name} ${runtime.version})`;

/** Throws a RangeError if the device cannot compute in this type. */
export function checkDType({ name, float64 }: Pick<DeviceFacts, "name" | "float64">, dtype: DType): void {
  if (dtype === "f64" && !float64)
    throw new RangeError(`${name} computes in f32 only, and the run is to be in f64; choose dtype f32, or cpu or wasm`);
}
