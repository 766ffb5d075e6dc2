import type { LossSlice } from "../src/landscape/index.ts";

/** What a net does on examples. */
export interface Fit {
  /** The mean loss, in nats. */
  readonly loss: number;
  /** The fraction that is right, from 0 to 1. */
  readonly accuracy: number;
}

/** A slice through the loss of a deep net, and what the net is. */
export interface DeepLandscape {
  /** As it is written on the command line. */
  readonly model: string;
  readonly parameters: number;
  /** How it was trained, in words. */
  readonly training: string;
  /** Over the whole training set, and the whole test set. */
  readonly train: Fit;
  readonly test: Fit;
  readonly slice: LossSlice;
}
