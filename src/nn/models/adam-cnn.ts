import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { outputs } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";

/** How the net differs from the paper's. */
export interface AdamCnnOptions {
  /** Channels of each convolution, then the units of the dense layer. Default: [64, 64, 128, 1000]. */
  readonly widths?: readonly number[];
  /** Whether inputs (0.2) and the dense layer's units (0.5) are dropped in training. Default: true. */
  readonly dropout?: boolean;
}

const OPTIONS: readonly (keyof AdamCnnOptions)[] = ["widths", "dropout"];

/**
 * The convolutional net of Adam's paper. The paper does not say how its poolings are padded, nor its rates of dropout, nor the
 * initial weights: here one row and column around the image bring 32 to 16, 8 and 4, the rates are those of Hinton et al. (2012),
 * and He's weights begin.
 */
export const adamCnnFamily: ModelFamily = {
  names: ["adam-cnn"],
  pattern: /^adam-cnn$/,
  title: "the convnet of Adam's paper: c64-c64-c128-1000, with dropout",
  source: "Kingma, Ba: Adam: A Method for Stochastic Optimization (2015), section 6.3",
  inputShape: [3, 32, 32],
  said: () => ({}),
  options: OPTIONS,
  layers: (options, ends) => {
    const given = new OptionReader(ends.name, { given: options, allowed: OPTIONS });
    const widths = given.counts("widths", [64, 64, 128, 1000], 2);
    const dropped = given.flag("dropout", true);
    imageSize(ends);
    const dropout = (rate: number): LayerData[] => (dropped ? [{ kind: "dropout", rate }] : []);
    const stages = widths.slice(0, -1).flatMap((filters): LayerData[] => [
      { kind: "conv2d", filters, kernel: 5, activation: "relu", padding: "same" },
      { kind: "max-pool", kernel: 3, stride: 2, padding: 1 },
    ]);
    const dense: LayerData = { kind: "dense", units: widths[widths.length - 1], activation: "relu" };
    return [...dropout(0.2), ...stages, { kind: "flatten" }, dense, ...dropout(0.5), outputs(ends)];
  },
};

/**
 * The layers of the convnet in Adam's paper (Kingma & Ba 2015, section 6.3): three times a 5 × 5 convolution and 3 × 3 max-pooling
 * with stride 2, then a dense layer. 2,371,266 parameters for ten classes of [3, 32, 32]; the inputs should be whitened. Throws a
 * RangeError or TypeError for a shape that is not an image's, and for options that are not allowed.
 */
export const adamCnn = (inputShape: Shape, classes?: number, options: AdamCnnOptions = {}): LayerData[] =>
  adamCnnFamily.layers(options, { name: "adam-cnn", inputShape, classes });
