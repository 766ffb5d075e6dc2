import type { Dataset } from "../../data/index.ts";
import type { DeviceName } from "../../device/index.ts";
import type { ModelData } from "../../nn/index.ts";
import type { EpochRecord, RunRecord } from "../../train/index.ts";
import type { Weights } from "../best-model.ts";
import type { Job } from "../job.ts";

/** What a worker gets when it starts. */
export interface WorkerInit {
  readonly data: Dataset;
  readonly model: ModelData;
  readonly device: DeviceName;
}

export type ToWorker =
  /** `weights`: whether they are wanted. */
  | { readonly kind: "run"; readonly job: Job; readonly weights: boolean }
  /** End the run in progress. */
  | { readonly kind: "abort" }
  /** No more runs will come. */
  | { readonly kind: "end" };

export type FromWorker =
  | { readonly kind: "epoch"; readonly epoch: EpochRecord }
  | { readonly kind: "weights"; readonly weights: Weights }
  | { readonly kind: "done"; readonly run: RunRecord }
  | { readonly kind: "failed"; readonly error: PlainError };

/** An error as a message. Cloning the error itself would lose its type, or fail because of its other fields. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
}

const kinds = { RangeError, SyntaxError, TypeError } as const;

export const plainError = (error: unknown): PlainError =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: "Error", message: String(error) };

/** An error of the same type, if that is built into the language. */
export function errorFrom({ name, message }: PlainError): Error {
  const kind = Object.entries(kinds).find(([each]) => each === name)?.[1] ?? Error;
  return new kind(message);
}
