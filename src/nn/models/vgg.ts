import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { batchNorm, outputs, relu, small } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";

/** The filters of the 3 × 3 convolutions before each max-pooling. */
const STAGES = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
];
/** Units of the dense layer. */
const UNITS = 256;

/** The VGG net of Li et al.'s loss landscapes, nine layers deep, with batch normalisation after the dense layer, too. */
export const vggFamily: ModelFamily = {
  names: ["vgg-9"],
  pattern: /^vgg-9$/,
  title: "VGG for CIFAR, nine layers deep, with batch normalisation",
  source:
    "Li, Xu, Taylor, Studer, Goldstein: Visualizing the Loss Landscape of Neural Nets (2018), after Simonyan, Zisserman (2015)",
  inputShape: [3, 32, 32],
  said: () => ({}),
  options: [],
  layers: (options, ends) => {
    new OptionReader(ends.name, { given: options, allowed: [] });
    imageSize(ends);
    const stages = STAGES.flatMap((filters): LayerData[] => [
      ...filters.flatMap((each): LayerData[] => [
        { kind: "conv2d", filters: each, kernel: 3, padding: 1, weights: "he-normal" },
        ...[batchNorm, relu],
      ]),
      { kind: "max-pool", kernel: 2, padding: "same" },
    ]);
    const dense: LayerData = { kind: "dense", units: UNITS, weights: small };
    return [...stages, { kind: "flatten" }, dense, batchNorm, relu, outputs(ends, { weights: small })];
  },
};

/**
 * The layers of VGG-9 (Li et al. 2018, after Simonyan & Zisserman 2015). 2,789,706 parameters for ten classes of [3, 32, 32]. Throws a
 * RangeError for a shape that is not an image's.
 */
export const vgg9 = (inputShape: Shape, classes?: number): LayerData[] =>
  vggFamily.layers({}, { name: "vgg-9", inputShape, classes });
