import { checkNumber, domains } from "../arguments/index.ts";
import type { LayerData } from "./layer-data.ts";
import type { Ends } from "./model-family.ts";
import type { Written } from "./named.ts";

/** The layers that several models are made of. */

export const relu: LayerData = { kind: "activation", activation: "relu" };

export const batchNorm: LayerData = { kind: "batch-norm" };

/** How a convolution differs from one with stride 1. */
interface Convolution {
  readonly stride?: number;
}

/** A convolution without biases, as a normalisation follows; of 3 × 3, one row and column of zeros keep the size. He et al.'s weights (2015). */
export const convolution = (filters: number, kernel: 1 | 3, { stride = 1 }: Convolution = {}): LayerData => ({
  ...{ kind: "conv2d", filters, kernel },
  ...(stride === 1 ? {} : { stride }),
  ...(kernel === 1 ? {} : { padding: 1 }),
  ...{ bias: false, weights: "he-normal" },
});

/** A convolution, then batch normalisation. */
export const normalized = (filters: number, kernel: 1 | 3, options?: Convolution): LayerData[] => [
  convolution(filters, kernel, options),
  batchNorm,
];

/** The last layer; without a number of classes the data decide. Throws a RangeError for a number that is not allowed. */
export const outputs = ({ name, classes }: Ends, options: Readonly<Record<string, unknown>> = {}): LayerData => ({
  ...{ kind: "dense" },
  ...(classes === undefined ? {} : { units: checkNumber(`${name}: classes`, classes, domains.count) }),
  ...options,
});

/** The weights of dense layers in Li et al.'s nets (2018), by their code: normal, of deviation 0.001. */
export const small: Written = { name: "normal", deviation: 1e-3 };
