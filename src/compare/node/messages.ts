import type { Dataset } from "../../data/dataset.ts";
import type { DeviceName } from "../../device/device.ts";
import type { ModelData } from "../../nn/index.ts";
import type { EpochRecord, RunRecord } from "../../train/record.ts";
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
  | { readonly kind: "failed"; readonly message: string };
