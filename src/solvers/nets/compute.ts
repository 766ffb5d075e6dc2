import type { Vector } from "../../expr/array.ts";
import type { Expr } from "../../expr/node.ts";

/** A program that is ready to run: it reads its inputs from the views bound to it and writes its results there. */
export interface Runnable {
  bind(name: string, view: Vector): void;
  run(): Promise<void>;
  dispose(): Promise<void>;
}

/** Something that computes tensor programs: the training engine's backends are of this kind. */
export interface Compute {
  /** Makes named expressions ready; `views` holds inputs and outputs by name, and may hold more than are used. */
  prepare(outputs: Readonly<Record<string, Expr>>, views: Readonly<Record<string, Vector>>): Promise<Runnable>;
}
