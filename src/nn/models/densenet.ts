import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { batchNorm, convolution, outputs, relu, small } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";

/** How deep and how wide a densely connected net is. */
export interface DenseNetOptions {
  /** Channels that each connection adds: k. Default: 32. */
  readonly growth?: number;
  /** Connections in each block, each with a 1 × 1 and a 3 × 3 convolution. Default: [6, 12, 24, 16], 121 layers in all. */
  readonly blocks?: readonly number[];
}

const OPTIONS: readonly (keyof DenseNetOptions)[] = ["growth", "blocks"];

/** Dense nets with bottlenecks and compression by half; for images as small as CIFAR's, without ImageNet's first pooling. */
export const densenetFamily: ModelFamily = {
  names: ["densenet-121", "densenet-cifar"],
  pattern: /^densenet-(121|cifar)$/,
  title: "densely connected net of 121 layers; cifar: of growth 12 instead of 32",
  source: "Huang, Liu, van der Maaten, Weinberger: Densely Connected Convolutional Networks (2017), DenseNet-BC",
  inputShape: [3, 32, 32],
  said: ([which]) => (which === "cifar" ? { growth: 12 } : {}),
  options: OPTIONS,
  layers: (options, ends) => {
    const given = new OptionReader(ends.name, { given: options, allowed: OPTIONS });
    const growth = given.count("growth", 32);
    const blocks = given.counts("blocks", [6, 12, 24, 16]);
    imageSize(ends, 2 ** (blocks.length - 1));
    const layers = [convolution(2 * growth, 3)];
    let channels = 2 * growth;
    for (const [i, count] of blocks.entries()) {
      if (i > 0) {
        channels = Math.floor(channels / 2);
        layers.push(...transition(channels));
      }
      layers.push(...Array.from({ length: count }, () => connection(growth)));
      channels += count * growth;
    }
    return [...layers, batchNorm, relu, { kind: "global-average" }, outputs(ends, { weights: small })];
  },
};

/** The inputs, and beside them `growth` new channels made from all of them. */
const connection = (growth: number): LayerData => ({
  kind: "dense-connection",
  layers: [batchNorm, relu, convolution(4 * growth, 1), batchNorm, relu, convolution(growth, 3)],
});

/** Between blocks: fewer channels, and half the rows and columns. */
const transition = (filters: number): LayerData[] => [
  ...[batchNorm, relu, convolution(filters, 1)],
  { kind: "average-pool", kernel: 2 },
];

/**
 * The layers of a densely connected net, DenseNet-BC (Huang et al. 2017), for small images. For ten classes of [3, 32, 32] it has
 * 6,956,298 parameters with growth 32 and 1,000,618 with growth 12. Throws a RangeError or TypeError for images too small to be
 * halved between blocks, and for options that are not allowed.
 */
export const densenet = (inputShape: Shape, classes?: number, options: DenseNetOptions = {}): LayerData[] =>
  densenetFamily.layers(options, { name: "densenet", inputShape, classes });
