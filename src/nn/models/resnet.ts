import { checkOptions } from "../../arguments/index.ts";
import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { imageSize, type ModelFamily } from "../model-family.ts";
import { normalized, outputs, relu, small } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";

/** How deep and how wide a residual net is. */
export interface ResNetOptions {
  /** Layers with weights, apart from those in shortcuts: 6n + 2 for n blocks in each of three stages. */
  readonly depth: number;
  /** Whether blocks have shortcuts. Default: true. */
  readonly shortcuts?: boolean;
  /** Channels of the first stage; the others have twice and four times as many. Default: 16. */
  readonly width?: number;
}

const OPTIONS: readonly (keyof ResNetOptions)[] = ["depth", "shortcuts", "width"];

const depths = [20, 32, 44, 56, 110];

/** The paper's deepest has 1,202 layers. */
export const DEEPEST = 10_000;

/**
 * The residual nets for CIFAR. Where a block halves the image or widens it, its shortcut is a 1 × 1 convolution with batch
 * normalisation (the paper's option B), and not padding with zeros (A), as in the nets of Li et al. (2018), whose initial weights
 * these are, too.
 */
export const resnetFamily: ModelFamily = {
  names: [...depths.map((depth) => `resnet-${depth}`), ...depths.map((depth) => `resnet-${depth}-noshort`)],
  pattern: /^resnet-(\d+)(-noshort)?$/,
  title: "residual net for CIFAR; noshort: without the shortcuts",
  source: "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition (2016), section 4.2",
  inputShape: [3, 32, 32],
  said: ([depth, noshort]) => ({ depth: Number(depth), shortcuts: noshort === undefined }),
  options: ["width"],
  layers: (options, ends) => {
    const given = new OptionReader(ends.name, { given: options, allowed: OPTIONS });
    const depth = given.count("depth");
    if (depth % 6 !== 2 || depth < 8 || depth > DEEPEST)
      throw new RangeError(
        `${ends.name}: depth is ${depth}; it must be 6n + 2, such as 8, 14, 20, 26, 32 or 110, and at most ${DEEPEST}`,
      );
    const shape = {
      blocks: (depth - 2) / 6,
      width: given.count("width", 16),
      shortcuts: given.flag("shortcuts", true),
    };
    imageSize(ends);
    return [
      ...[...normalized(shape.width, 3), relu],
      ...stages(shape),
      ...[{ kind: "global-average" }, outputs(ends, { weights: small })],
    ];
  },
};

interface Stages {
  readonly blocks: number;
  readonly width: number;
  readonly shortcuts: boolean;
}

/** Three stages; the second and the third begin by halving the image and doubling the channels. */
const stages = ({ blocks, width, shortcuts }: Stages): LayerData[] =>
  [1, 2, 4].flatMap((times) =>
    Array.from({ length: blocks }, (_, i) => {
      const halves = i === 0 && times > 1;
      const layers = basicBlock(times * width, halves ? 2 : 1);
      const shortcut = halves ? normalized(times * width, 1, { stride: 2 }) : undefined;
      return [...(shortcuts ? [residual(layers, shortcut)] : layers), relu];
    }).flat(),
  );

/** Two 3 × 3 convolutions with a ReLU between them. */
const basicBlock = (filters: number, stride: number): LayerData[] => [
  ...normalized(filters, 3, { stride }),
  ...[relu, ...normalized(filters, 3)],
];

/** The layers' outputs plus their inputs, or plus the shortcut's outputs. */
export const residual = (layers: readonly LayerData[], shortcut?: readonly LayerData[]): LayerData => ({
  ...{ kind: "residual", layers },
  ...(shortcut === undefined ? {} : { shortcut }),
});

/**
 * The layers of a residual net for small images (He et al. 2016, section 4.2), with 1 × 1 convolutions as shortcuts between stages. For
 * ten classes of [3, 32, 32] and depth 20, 32, 44, 56 and 110 it has 272,474, 466,906, 661,338, 855,770 and 1,730,714 parameters;
 * without shortcuts 269,722, 464,154, 658,586, 853,018 and 1,727,962. Throws a RangeError or TypeError for a depth that is not
 * 6n + 2, a shape that is not an image's, and options that are not allowed.
 */
export function resnet(inputShape: Shape, classes: number | undefined, options: ResNetOptions): LayerData[] {
  checkOptions("resnet", options, OPTIONS, "resnet([3, 32, 32], 10, { depth: 20 })");
  return resnetFamily.layers(options, { name: "resnet", inputShape, classes });
}
