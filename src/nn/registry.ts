import { checkOptions, isOptions, quoteValue } from "../arguments/index.ts";
import { type Activation, activations } from "./activations.ts";
import { type Initializer, initializers } from "./initializers.ts";
import type { LayerKind } from "./layer.ts";
import { activationKind } from "./layers/activation.ts";
import { averagePoolKind } from "./layers/average-pool.ts";
import { batchNormKind } from "./layers/batch-norm.ts";
import { conv2dKind } from "./layers/conv2d.ts";
import { denseKind } from "./layers/dense.ts";
import { denseConnectionKind } from "./layers/dense-connection.ts";
import { dropoutKind } from "./layers/dropout.ts";
import { embeddingKind } from "./layers/embedding.ts";
import { flattenKind } from "./layers/flatten.ts";
import { globalAverageKind } from "./layers/global-average.ts";
import { groupNormKind } from "./layers/group-norm.ts";
import { layerNormKind } from "./layers/layer-norm.ts";
import { maxPoolKind } from "./layers/max-pool.ts";
import { residualKind } from "./layers/residual.ts";
import type { Loss, StatedLoss } from "./loss.ts";
import { binaryCrossEntropy } from "./losses/binary-cross-entropy.ts";
import { meanSquaredError } from "./losses/mean-squared-error.ts";
import { softmaxCrossEntropy } from "./losses/softmax-cross-entropy.ts";

/** All kinds of layers by their names in a model's text and JSON. */
export const layers = {
  dense: denseKind,
  dropout: dropoutKind,
  flatten: flattenKind,
  activation: activationKind,
  conv2d: conv2dKind,
  "max-pool": maxPoolKind,
  "average-pool": averagePoolKind,
  "global-average": globalAverageKind,
  "batch-norm": batchNormKind,
  "layer-norm": layerNormKind,
  "group-norm": groupNormKind,
  embedding: embeddingKind,
  residual: residualKind,
  "dense-connection": denseConnectionKind,
} as const satisfies Readonly<Record<string, LayerKind>>;

/** All losses by their names in a model's JSON. */
export const losses = {
  "softmax-cross-entropy": softmaxCrossEntropy,
  "binary-cross-entropy": binaryCrossEntropy,
  "mean-squared-error": meanSquaredError,
} as const satisfies Readonly<Record<string, StatedLoss>>;

/** The name of the default loss for each task. */
export const usualLoss = {
  classification: "softmax-cross-entropy",
  regression: "mean-squared-error",
} as const satisfies Readonly<Record<string, keyof typeof losses>>;

interface Entries {
  readonly layers: Readonly<Record<string, LayerKind>>;
  readonly losses: Readonly<Record<string, Loss>>;
  readonly activations: Readonly<Record<string, Activation>>;
  readonly initializers: Readonly<Record<string, Initializer>>;
}

/** The parts of models, by name. */
export interface Registry extends Entries {
  /** The same with parts of your own. Throws a RangeError for a name that is taken. */
  with(more: Partial<Entries>): Registry;
}

const registryOf = (entries: Entries): Registry => ({
  ...entries,
  with: (more) => {
    checkOptions("registry.with", more, Object.keys(isPart), "registry.with({ activations: { wave } })");
    return registryOf({
      layers: joined("layers", entries.layers, more.layers),
      losses: joined("losses", entries.losses, more.losses),
      activations: joined("activations", entries.activations, more.activations),
      initializers: joined("initializers", entries.initializers, more.initializers),
    });
  },
});

/** Whether a value can be an entry of a list, as far as its form shows. */
const isPart: Readonly<Record<keyof Entries, (given: unknown) => boolean>> = {
  layers: (given) => isOptions(given) && "with" in given,
  losses: (given) => isOptions(given) && ("value" in given || "cost" in given),
  activations: (given) => typeof given === "function",
  initializers: (given) => typeof given === "function",
};

function joined<T>(
  what: keyof Entries,
  known: Readonly<Record<string, T>>,
  more: Readonly<Record<string, T>> = {},
): Readonly<Record<string, T>> {
  if (!isOptions(more)) throw new TypeError(`registry: ${what} is not an object; give { "my-name": … }`);
  const taken = Object.keys(more).find((name) => Object.hasOwn(known, name) && known[name] !== more[name]);
  if (taken !== undefined) throw new RangeError(`registry: ${what} has ${taken} already; choose another name`);
  const strange = Object.entries(more).find(([, part]) => !isPart[what](part));
  if (strange !== undefined)
    throw new TypeError(`registry: ${strange[0]} of ${what} is ${quoteValue(strange[1])}, which does not belong there`);
  return { ...known, ...more };
}

/**
 * The parts that models are made of, by name. A model with parts of your own can be written to JSON and read again by a
 * registry that has them: `registry.with({ activations: { wave: (x) => mul(2, sin(x)) } })`.
 */
export const registry: Registry = registryOf({ layers, losses, activations, initializers });
