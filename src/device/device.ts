import type { Vector } from "../expr/array.ts";
import type { Expr } from "../expr/node.ts";

/** A program that is ready to run: it reads its inputs from the views bound to it and writes its results there. */
export interface Runnable {
  bind(name: string, view: Vector): void;
  /** A backend that can, leaves off where the signal is given, and throws its reason; the results are spoilt then. */
  run(signal?: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}

/** Something that computes tensor programs. */
export interface Device {
  readonly name: "onnx" | "reference";
  /** The most examples to evaluate at a time, where an interruption would have to wait too long for more. */
  readonly evaluationBatch?: number;
  /** Makes named expressions ready; `views` holds inputs and outputs by name, and may hold more than are used. */
  prepare(outputs: Readonly<Record<string, Expr>>, views: Readonly<Record<string, Vector>>): Promise<Runnable>;
}
