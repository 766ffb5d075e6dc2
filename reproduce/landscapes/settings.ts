import type { Shape } from "../../src/expr/index.ts";
import { type LayerData, models } from "../../src/nn/index.ts";
import type { Scale } from "../reproduction.ts";

/** The nets by what they are for: with skips, without, without and not as deep, and densely connected. */
export const netNames = ["skips", "plain", "shallow", "dense"] as const;
/** One of them. */
export type NetName = (typeof netNames)[number];

/** A net. */
export interface NetPlan {
  /** As on the command line. */
  readonly title: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** Multiply-adds for an image, in millions. */
  readonly work: number;
  readonly layers: (shape: Shape, classes: number) => LayerData[];
}

/** How the nets are trained: by Nesterov's momentum of 0.9 on shuffled batches. */
export interface TrainingPlan {
  readonly images: number;
  readonly batchSize: number;
  readonly lr: number;
  /** Parts of the epochs after which the rate falls to a tenth. */
  readonly falls: readonly number[];
  readonly l2: number;
  /** Whether images are moved by up to 4 pixels, and flipped. */
  readonly augment: boolean;
  /** Whether images are halved first, to means of 2 × 2 pixels. */
  readonly halved: boolean;
  /** The most passes over the images. */
  readonly epochs: number;
  /** The loss, over the images that slices are measured on, at which training ends. Default: none. */
  readonly until?: number;
}

/** How much is done. */
export interface LandscapeSettings {
  readonly nets: Readonly<Record<NetName, NetPlan>>;
  readonly training: TrainingPlan;
  readonly seeds: readonly number[];
  readonly testImages: number;
  /** Slices through each net, each along two random directions of its own. */
  readonly pairs: number;
  /** Points along each axis, from −1 to 1. */
  readonly columns: number;
  /** Training images on which slices are measured. */
  readonly sliceImages: number;
  /** Eigenvalues are computed on a coarser grid, on fewer images, with so many products of the Hessian at each point. */
  readonly curvature: { readonly columns: number; readonly images: number; readonly products: number };
}

const resnet = (depth: number, width: number, shortcuts: boolean, work: number, about: string): NetPlan => ({
  title: `resnet-${depth}${shortcuts ? "" : "-noshort"}${width === 16 ? "" : `:width=${width}`}`,
  ...{ about, work },
  layers: (shape, classes) => models.resnet(shape, classes, { depth, width, shortcuts }),
});

const densenet = (title: string, growth: number, blocks: readonly number[], work: number): NetPlan => ({
  ...{ title, work, about: "densely connected" },
  layers: (shape, classes) => models.densenet(shape, classes, { growth, blocks }),
});

const [SKIPS, PLAIN, SHALLOW] = ["with skips", "without skips", "without skips, not as deep"];

export const landscapeSettings: Readonly<Record<Scale, LandscapeSettings>> = {
  quick: {
    nets: {
      skips: resnet(26, 8, true, 3.5, SKIPS),
      plain: resnet(26, 8, false, 3.5, PLAIN),
      shallow: resnet(14, 8, false, 1.7, SHALLOW),
      dense: densenet("densenet-121:growth=6:blocks=3-3-3", 6, [3, 3, 3], 7),
    },
    training: {
      ...{ images: 2000, batchSize: 64, lr: 0.05, falls: [], l2: 5e-4, augment: false, halved: true },
      ...{ epochs: 40, until: 1.4 },
    },
    ...{ seeds: [1, 2, 3, 4, 5], testImages: 1000, pairs: 2, columns: 11, sliceImages: 300 },
    curvature: { columns: 3, images: 64, products: 30 },
  },
  full: {
    nets: {
      skips: resnet(56, 16, true, 127, SKIPS),
      plain: resnet(56, 16, false, 126, PLAIN),
      shallow: resnet(20, 16, false, 41, SHALLOW),
      dense: densenet("densenet-cifar", 12, [6, 12, 24, 16], 128),
    },
    training: {
      ...{ images: 50_000, batchSize: 128, lr: 0.1, falls: [1 / 2, 3 / 4, 11 / 12], l2: 5e-4, augment: true },
      ...{ halved: false, epochs: 30 },
    },
    ...{ seeds: [1, 2, 3], testImages: 10_000, pairs: 3, columns: 25, sliceImages: 1000 },
    curvature: { columns: 7, images: 500, products: 60 },
  },
};
