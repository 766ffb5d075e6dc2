import type { Vector } from "../../expr/index.ts";
import type { BatchResult } from "../../objective/index.ts";
import type { State } from "../../optimizers/index.ts";

/** What a run by an update rule changes, as vectors in the processor's memory. */
export interface StepMemory {
  /** The parameters. */
  readonly w: Vector;
  /** The model's state. */
  readonly s: Vector;
  /** Both before the last step. */
  readonly before: { readonly w: Vector; readonly s: Vector };
  /** The optimizer's state. */
  readonly optimizer: State;
}

/** What became of a step. */
export interface StepResult extends BatchResult {
  /** ‖g‖; NaN if the loss was not finite. */
  readonly gradientNorm: number;
  /** False if the loss, the gradient or something that the step would have stored is not finite: then w and s are as before. */
  readonly isTaken: boolean;
}

/**
 * Takes the steps of a run: loss and gradient of a batch, then the update. What steps change lies in the run's memory, or in that of a device;
 * then `settle` brings it back.
 */
export interface StepTaker {
  /** Compiles what steps on batches of these sizes need, so that no step waits for it. It may be called again with other sizes. */
  prepare(batchSizes: readonly number[]): Promise<void>;
  /** Takes the step with this number, from 1, on the training examples with these indices. */
  take(indices: Uint32Array, step: number): Promise<StepResult>;
  /** Brings what steps change into the run's memory, where it may be changed: the next step begins with what is there then. */
  settle(): Promise<void>;
  /** The same at once. Throws an Error if the device cannot be waited for. */
  settleNow(): void;
  /** Settles, and releases what it has compiled. */
  dispose(): Promise<void>;
}
