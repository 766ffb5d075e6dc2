import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { outputs } from "../model-parts.ts";
import type { Written } from "../named.ts";
import { OptionReader } from "../option-reader.ts";

const weights: Written = { name: "truncated-normal", deviation: 0.05 };
const biases: Written = { name: "constant", value: 0.05 };

/** The net of DeepOBS's problems mnist_2c2d and fmnist_2c2d, with its initial values. */
export const twoConvTwoDenseFamily: ModelFamily = {
  names: ["2c2d"],
  pattern: /^2c2d$/,
  title: "two convolutions, two dense layers, as in DeepOBS",
  source: "Schneider, Balles, Hennig: DeepOBS: A Deep Learning Optimizer Benchmark Suite (2019), fmnist_2c2d",
  inputShape: [1, 28, 28],
  said: () => ({}),
  options: [],
  layers: (options, ends) => {
    new OptionReader(ends.name, { given: options, allowed: [] });
    imageSize(ends);
    const stage = (filters: number): LayerData[] => [
      { kind: "conv2d", filters, kernel: 5, activation: "relu", padding: "same", weights, biases },
      { kind: "max-pool", kernel: 2, padding: "same" },
    ];
    const dense: LayerData = { kind: "dense", units: 1024, activation: "relu", weights, biases };
    return [...stage(32), ...stage(64), { kind: "flatten" }, dense, outputs(ends, { weights, biases })];
  },
};

/**
 * The layers of DeepOBS's net 2c2d (Schneider et al. 2019): two 5 × 5 convolutions of 32 and 64 channels with max-pooling, and a
 * dense layer of 1,024. 3,274,634 parameters for ten classes of [1, 28, 28]. Throws a RangeError for a shape that is not an image's.
 */
export const twoConvTwoDense = (inputShape: Shape, classes?: number): LayerData[] =>
  twoConvTwoDenseFamily.layers({}, { name: "2c2d", inputShape, classes });
