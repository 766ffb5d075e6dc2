import type { Dataset } from "../../data/dataset.ts";
import type { DeviceName } from "../../device/device.ts";
import type { ModelData } from "../../nn/index.ts";
import type { Job } from "../crew.ts";
import type { EpochRecord, RunRecord } from "../record.ts";

/** What a thread is told when it starts. */
export interface Errand {
  readonly data: Dataset;
  readonly model: ModelData;
  readonly device: DeviceName;
}

export type ToThread =
  | { readonly kind: "run"; readonly job: Job }
  /** End the run that goes on. */
  | { readonly kind: "abort" }
  /** Nothing more will come. */
  | { readonly kind: "end" };

export type FromThread =
  | { readonly kind: "epoch"; readonly epoch: EpochRecord }
  | { readonly kind: "done"; readonly run: RunRecord }
  | { readonly kind: "failed"; readonly message: string };
