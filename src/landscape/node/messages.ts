import type { Examples, Vector } from "../../data/index.ts";
import type { DeviceName } from "../../device/index.ts";
import type { ModelData } from "../../nn/index.ts";
import type { Measured } from "../slices/landscape.ts";

/** What a thread gets when it starts; its vectors lie in shared memory. */
export interface ThreadInit {
  readonly model: ModelData;
  readonly w: Vector;
  readonly s: Vector;
  readonly directions: readonly Float64Array[];
  readonly examples: Examples;
  readonly normalization: "frozen" | { readonly examples: Examples; readonly batchSize?: number };
  readonly batchSize: number;
  readonly device: DeviceName;
}

/** A point to measure; or that no more will come. */
export type ToThread = { readonly kind: "measure"; readonly x: number; readonly y: number } | { readonly kind: "end" };

export type FromThread =
  | { readonly kind: "measured"; readonly measured: Measured }
  | { readonly kind: "failed"; readonly message: string };
