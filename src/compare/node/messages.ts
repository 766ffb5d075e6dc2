import type { Dataset } from "../../data/index.ts";
import type { DeviceName } from "../../device/index.ts";
import type { ModelData } from "../../nn/index.ts";
import type { EpochRecord, RunRecord } from "../../train/index.ts";
import type { Job } from "../job.ts";

/** What a worker needs to know when it starts. */
export interface WorkerInit {
  readonly data: Dataset;
  readonly model: ModelData;
  readonly device: DeviceName;
}

export type ToWorker =
  | { readonly kind: "run"; readonly job: Job }
  /** End the run that goes on. */
  | { readonly kind: "abort" }
  /** Nothing more will come. */
  | { readonly kind: "end" };

export type FromWorker =
  | { readonly kind: "epoch"; readonly epoch: EpochRecord }
  | { readonly kind: "done"; readonly run: RunRecord }
  | { readonly kind: "failed"; readonly error: PlainError };

/** An error as a message: of which kind, and its words. A clone of it would lose the kind, or fail by what it holds. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
}

const kinds = { RangeError, SyntaxError, TypeError } as const;

export const plainError = (error: unknown): PlainError =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: "Error", message: String(error) };

/** An error of the same kind, where that is one of the language's own. */
export function errorFrom({ name, message }: PlainError): Error {
  const kind = Object.entries(kinds).find(([each]) => each === name)?.[1] ?? Error;
  return new kind(message);
}
