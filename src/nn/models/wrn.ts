import { checkOptions } from "../../arguments/index.ts";
import type { Shape } from "../../expr/index.ts";
import type { LayerData } from "../layer-data.ts";
import { type Ends, imageSize, type ModelFamily } from "../model-family.ts";
import { batchNorm, convolution, outputs, relu } from "../model-parts.ts";
import { OptionReader } from "../option-reader.ts";
import { DEEPEST, residual, resnetFamily } from "./resnet.ts";

/** How deep and how wide a wide residual net is. */
export interface WideResNetOptions {
  /** 6n + 4 for the nets of Zagoruyko and Komodakis, 6n + 2 for those of Li et al. */
  readonly depth: number;
  /** How many times as many channels as a residual net: k. */
  readonly width: number;
  /** Whether blocks have shortcuts, which only nets of depth 6n + 2 may lack. Default: true. */
  readonly shortcuts?: boolean;
  /** The fraction that is dropped between the convolutions of a block, in nets of depth 6n + 4. Default: 0. */
  readonly dropout?: number;
}

const OPTIONS: readonly (keyof WideResNetOptions)[] = ["depth", "width", "shortcuts", "dropout"];

/**
 * Two families go by the name of wide residual nets, and their depths tell them apart. Those of Zagoruyko and Komodakis, WRN-28-10
 * among them, have 6n + 4 layers, because they count the convolutions in their three shortcuts, and normalise before each convolution. Those of
 * Li et al., WRN-56-2 among them, have 6n + 2, and are residual nets with k times the channels, the first convolution's too.
 */
export const wrnFamily: ModelFamily = {
  names: ["wrn-16-4", "wrn-28-10", "wrn-40-2", "wrn-56-2"],
  pattern: /^wrn-(\d+)-(\d+)(-noshort)?$/,
  title: "wide residual net: depth, and how many times the channels",
  source:
    "Zagoruyko, Komodakis: Wide Residual Networks (2016), for depth 6n + 4; Li, Xu, Taylor, Studer, Goldstein: Visualizing the Loss Landscape of Neural Nets (2018), for 6n + 2",
  inputShape: [3, 32, 32],
  said: ([depth, width, noshort]) => ({
    ...{ depth: Number(depth), width: Number(width) },
    ...(noshort === undefined ? {} : { shortcuts: false }),
  }),
  options: ["dropout"],
  layers: (options, ends) => {
    const given = new OptionReader(ends.name, { given: options, allowed: OPTIONS });
    const wide = {
      ...{ depth: given.count("depth"), width: 16 * given.count("width") },
      ...{ shortcuts: given.flag("shortcuts", true), dropout: given.fraction("dropout", 0) },
    };
    if (wide.depth % 6 === 2 && wide.depth >= 8) return widened(wide, ends);
    if (wide.depth % 6 === 4 && wide.depth >= 10 && wide.depth <= DEEPEST) return preactivated(wide, ends);
    throw new RangeError(
      `${ends.name}: depth is ${wide.depth}; it must be 6n + 4, such as 16, 22, 28 or 40, or 6n + 2, such as 56, and at most ${DEEPEST}`,
    );
  },
};

interface Wide {
  readonly depth: number;
  /** Channels of the first stage. */
  readonly width: number;
  readonly shortcuts: boolean;
  readonly dropout: number;
}

/** Li et al.'s: a residual net with more channels. */
function widened({ depth, width, shortcuts, dropout }: Wide, ends: Ends): LayerData[] {
  if (dropout > 0)
    throw new RangeError(`${ends.name}: dropout is ${dropout}; only nets of depth 6n + 4, such as 28, have it`);
  return resnetFamily.layers({ depth, width, shortcuts }, ends);
}

/** Zagoruyko and Komodakis's. */
function preactivated({ depth, width, shortcuts, dropout }: Wide, ends: Ends): LayerData[] {
  if (!shortcuts) throw new RangeError(`${ends.name}: only nets of depth 6n + 2, such as 56, can do without shortcuts`);
  imageSize(ends);
  const blocks = (depth - 4) / 6;
  const stages = [1, 2, 4].flatMap((times) =>
    Array.from({ length: blocks }, (_, i) =>
      block(times * width, { first: i === 0, stride: i === 0 && times > 1 ? 2 : 1, dropout }),
    ).flat(),
  );
  return [convolution(16, 3), ...stages, batchNorm, relu, { kind: "global-average" }, outputs(ends)];
}

interface Block {
  /** Whether it is the first of its stage, which has another number of channels. */
  readonly first: boolean;
  readonly stride: number;
  readonly dropout: number;
}

/** The first block of a stage takes its shortcut, a 1 × 1 convolution, after normalisation and ReLU; the others begin with them. */
function block(filters: number, { first, stride, dropout }: Block): LayerData[] {
  const begin = [batchNorm, relu];
  const rest = [
    ...[convolution(filters, 3, { stride }), batchNorm, relu],
    ...(dropout > 0 ? [{ kind: "dropout", rate: dropout }] : []),
    convolution(filters, 3),
  ];
  return first ? [...begin, residual(rest, [convolution(filters, 1, { stride })])] : [residual([...begin, ...rest])];
}

/**
 * The layers of a wide residual net: of Zagoruyko and Komodakis (2016) for a depth of 6n + 4, of Li et al. (2018) for 6n + 2. For ten
 * classes of [3, 32, 32] WRN-28-10 has 36,479,194 parameters. Throws a RangeError or TypeError for another depth, a shape that is not
 * an image's, and options that are not allowed.
 */
export function wideResnet(inputShape: Shape, classes: number | undefined, options: WideResNetOptions): LayerData[] {
  checkOptions("wideResnet", options, OPTIONS, "wideResnet([3, 32, 32], 10, { depth: 28, width: 10 })");
  return wrnFamily.layers(options, { name: "wideResnet", inputShape, classes });
}
