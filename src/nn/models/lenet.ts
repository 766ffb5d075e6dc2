import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { outputs } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";

/** The paper's images have 32 × 32 pixels; digits of 28 × 28 have two rows and columns of background on each side. */
const LEAST = 32;

/** LeNet-5 as it is built today: with max-pooling, ReLU, and full connections between the planes. */
export const lenetFamily: ModelFamily = {
  names: ["lenet"],
  pattern: /^lenet$/,
  title: "LeNet-5: two convolutions, three dense layers",
  source:
    "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition (1998), section II.B",
  inputShape: [1, 28, 28],
  said: () => ({}),
  options: [],
  layers: (options, ends) => {
    new OptionReader(ends.name, { given: options, allowed: [] });
    const padding = Math.max(0, ...imageSize(ends).map((length) => Math.ceil((LEAST - length) / 2)));
    return [
      { kind: "conv2d", filters: 6, kernel: 5, activation: "relu", ...(padding > 0 ? { padding } : {}) },
      { kind: "max-pool", kernel: 2 },
      { kind: "conv2d", filters: 16, kernel: 5, activation: "relu" },
      { kind: "max-pool", kernel: 2 },
      { kind: "flatten" },
      { kind: "dense", units: 120, activation: "relu" },
      { kind: "dense", units: 84, activation: "relu" },
      outputs(ends),
    ];
  },
};

/**
 * The layers of LeNet-5 (LeCun et al. 1998) for images of this shape; those smaller than 32 × 32 are padded with zeros. 61,706
 * parameters for ten classes of [1, 28, 28]. Throws a RangeError for a shape that is not an image's.
 */
export const lenet = (inputShape: Shape, classes?: number): LayerData[] =>
  lenetFamily.layers({}, { name: "lenet", inputShape, classes });
