import type { Scale } from "../reproduction.ts";

/** A contest of optimizers on one net: examples of each set, passes, learning rates tried by each, and the seeds of the final runs. */
export interface ContestSize {
  readonly examples: number;
  /** Examples of the validation and the test set, which only reports show. */
  readonly others: number;
  readonly epochs: number;
  readonly trials: number;
  readonly seeds: readonly number[];
  /** The passes of each trial. Default: as many as a final run has. */
  readonly tuningEpochs?: number;
}

/** How much of each experiment is made. */
export interface AdamSettings {
  readonly softmax: ContestSize;
  readonly perceptron: ContestSize & { readonly hidden: readonly number[] };
  /** `widths`: the channels of the convolutions, then the units of the dense layer. */
  readonly convnet: ContestSize & { readonly widths: readonly number[]; readonly whiten?: "zca" };
  readonly autoencoder: {
    readonly examples: number;
    readonly hidden: number;
    readonly latents: number;
    /** After these many passes the losses are read. */
    readonly epochs: readonly [few: number, many: number];
    /** The whole sweep is made with the first; the best of each setting with all. */
    readonly seeds: readonly number[];
  };
}

const THREE = [1, 2, 3];

export const adamSettings: Readonly<Record<Scale, AdamSettings>> = {
  quick: {
    softmax: { examples: 10_000, others: 1000, epochs: 20, trials: 5, seeds: THREE },
    perceptron: { examples: 3000, others: 200, epochs: 20, trials: 4, seeds: THREE, hidden: [1000, 1000] },
    convnet: { examples: 1280, others: 100, epochs: 12, trials: 4, seeds: THREE, widths: [16, 16, 32, 128] },
    autoencoder: { examples: 1000, hidden: 500, latents: 50, epochs: [2, 10], seeds: THREE },
  },
  full: {
    softmax: { examples: 60_000, others: 10_000, epochs: 45, trials: 8, seeds: THREE },
    perceptron: { examples: 60_000, others: 10_000, epochs: 200, trials: 8, seeds: THREE, hidden: [1000, 1000] },
    convnet: {
      ...{ examples: 50_000, others: 5000, epochs: 45, trials: 6, tuningEpochs: 15, seeds: THREE },
      ...{ widths: [64, 64, 128, 1000], whiten: "zca" },
    },
    autoencoder: { examples: 60_000, hidden: 500, latents: 50, epochs: [10, 100], seeds: THREE },
  },
};
