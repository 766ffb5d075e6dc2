import type { Augmentation } from "../../src/data/index.ts";
import { type DeviceChoice, deviceChoices } from "../../src/device/index.ts";
import type { Target, TrajectoryPlan } from "../../src/train/index.ts";
import { type Flag, isOn, type Kind, notNegative, oneOf, positive, whole, wordOr } from "./flag.ts";

/** Settings of a run. */

export const batchSize: Flag<number | "full"> = {
  name: "batch-size",
  value: "<n|full>",
  group: "Training",
  kind: wordOr("full", whole(1)),
  help: "number of examples in each step's batch; full uses the whole training set",
};
export const summaryBatchSize: Flag<number> = {
  ...batchSize,
  value: "<n>",
  kind: whole(1),
  help: "number of examples in a batch, for computing the memory that training needs",
};
export const epochs: Flag<number> = {
  name: "epochs",
  value: "<n>",
  group: "Training",
  kind: whole(0),
  help: "passes over the training set",
};
export const maxSteps: Flag<number> = {
  name: "steps",
  value: "<n>",
  group: "Training",
  kind: whole(1),
  help: "stop after this many steps, even in the middle of an epoch",
};
/** The lowest and the highest learning rate of a range test. */
export type RateRange = readonly [from: number, to: number];
const USUAL_RANGE: RateRange = [1e-6, 10];

export const lrRange: Flag<RateRange> = {
  name: "lr-range",
  value: "[from,to]",
  group: "Training",
  kind: {
    allowed: "two learning rates with a comma between them, the smaller first, such as 1e-6,10",
    read: (given) => (given === "true" ? USUAL_RANGE : rateRange(given)),
  },
  help:
    "instead of a run, raise the learning rate from the first value to the second in 100 steps, or in --steps steps, and show " +
    `where the loss falls and where it blows up (default: ${USUAL_RANGE.map(String).join()}); no run folder is written`,
};
export const folds: Flag<number> = {
  name: "folds",
  value: "<n>",
  group: "Training",
  kind: whole(2),
  help:
    "cross-validate: divide the rows into n folds, train a net on all but one of them, measure it on that one, and so for each fold; a test " +
    "set that the data set has, or that a flag asks for, stays aside; no net is kept, unless --save then trains one on all folds",
};
export const seed: Flag<number> = {
  name: "seed",
  value: "<n>",
  group: "Training",
  kind: whole(0),
  help: "seed of the initial weights, the order of the examples, dropout and augmentation",
};
export const augment: Flag<Augmentation> = {
  name: "augment",
  value: "<changes>",
  group: "Training",
  kind: {
    allowed: "pad-crop=4, flip, or both with a comma between them",
    read: augmentationOf,
  },
  suggests: { names: async () => ["pad-crop=4", "flip", "pad-crop=4,flip"] },
  help: "change the training images at random, anew in each epoch: pad-crop=4 moves an image by up to 4 pixels, flip mirrors half of them, pad-crop=4,flip does both",
};
export const l2: Flag<number> = {
  name: "l2",
  value: "<strength>",
  group: "Training",
  kind: notNegative,
  help: "add ½·strength·‖w‖² to the loss (L2 regularisation)",
};
export const freeze: Flag<readonly string[]> = {
  name: "freeze",
  value: "<layer>",
  group: "Training",
  repeats: true,
  kind: {
    allowed: "layers or parameters separated by commas, such as layer1,layer2_bias",
    read: (given) => {
      const names = given.split(",").map((name) => name.trim());
      return names.includes("") ? undefined : names;
    },
  },
  help: "leave this layer or parameter as it is, such as layer1 or layer2_bias; downhill model shows the layers' names",
};
export const target: Flag<Target> = {
  name: "target",
  value: "<goal>",
  group: "Training",
  kind: goal(),
  help: "report when this loss (0.2) or accuracy (95%) is first reached on the validation set",
};
export const stopAtTarget: Flag<boolean> = {
  name: "stop-at-target",
  group: "Training",
  kind: isOn,
  help: "stop the run when the target is reached",
};
export const patience: Flag<number> = {
  name: "patience",
  value: "<epochs>",
  group: "Training",
  kind: whole(0),
  help: "stop after this many epochs without a lower validation loss, and restore the weights that had the lowest",
};
export const monitor: Flag<"loss" | "accuracy"> = {
  name: "monitor",
  value: "<measure>",
  group: "Training",
  kind: oneOf(["loss", "accuracy"]),
  help: "what --patience watches on the validation set, loss or accuracy (default: loss); alone: take all epochs, then restore the best weights",
};
export const minDelta: Flag<number> = {
  name: "min-delta",
  value: "<difference>",
  group: "Training",
  kind: notNegative,
  help: "with --patience or --monitor: how much is too little to count as an improvement, such as 0.001 (default: 0)",
};
export const trajectory: Flag<TrajectoryPlan> = {
  name: "trajectory",
  value: "<every=…>",
  group: "Training",
  kind: {
    allowed: "every=50 for a point every 50 steps, or every=1epoch for one after each epoch",
    read: trajectoryOf,
  },
  suggests: { names: async () => ["every=1epoch", "every=50"] },
  help:
    "keep points of the way that the weights take, in the run's folder: the start, one every 50 steps (every=50) or after each " +
    "epoch (every=1epoch), and the end; downhill landscape then shows the way",
};
export const dtype: Flag<"f32" | "f64"> = {
  name: "dtype",
  value: "<type>",
  group: "Training",
  kind: oneOf(["f32", "f64"]),
  help: "number type: f32 or f64",
};
export const device: Flag<DeviceChoice> = {
  name: "device",
  value: "<name>",
  group: "Training",
  kind: oneOf(deviceChoices),
  help: `where to compute: ${deviceChoices.join(", ")}; downhill doctor shows which work here; reference is exact but slow (default: auto)`,
};
export const backend: Flag<"onnx" | "reference"> = {
  name: "backend",
  value: "<name>",
  group: "Training",
  kind: oneOf(["onnx", "reference"]),
  hidden: true,
  help: "older name of --device: reference, or onnx for auto",
};
export const threads: Flag<number> = {
  name: "threads",
  value: "<n>",
  group: "Training",
  kind: whole(1),
  help: "threads for ONNX Runtime, at most one for each core (default: one for small nets and on wasm, all cores for large nets)",
};

function rateRange(given: string): RateRange | undefined {
  const [from, to, ...more] = given.split(",").map((text) => positive.read(text));
  return more.length === 0 && from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}

/** A loss, or an accuracy: `0.2`, `loss=0.2`, `95%`, `accuracy=0.95`. */
function goal(): Kind<Target> {
  return {
    allowed: "a loss such as 0.2, or an accuracy such as 95%",
    read: (given) => {
      const [, word, digits, percent] = /^(?:(loss|cost|accuracy)=)?([^%]+)(%?)$/.exec(given.trim()) ?? [];
      const value = notNegative.read(digits ?? "");
      if (value === undefined || (percent === "%" && word !== undefined && word !== "accuracy")) return undefined;
      if (percent !== "%" && word !== "accuracy") return { loss: value };
      const accuracy = percent === "%" ? value / 100 : value;
      return accuracy <= 1 ? { accuracy } : undefined;
    },
  };
}

/** `every=50`, `every=50steps`, `every=1epoch`, `every=2epochs`. */
function trajectoryOf(given: string): TrajectoryPlan | undefined {
  const [, digits = "", word = "step"] = /^every=([1-9]\d{0,14})\s*(?:(step|epoch)s?)?$/.exec(given.trim()) ?? [];
  if (digits === "") return undefined;
  return word === "epoch" ? { every: Number(digits), unit: "epochs" } : { every: Number(digits) };
}

/** Changes such as pad-crop=4,flip. */
function augmentationOf(given: string): Augmentation | undefined {
  const parts = given.split(",").map((part) => part.trim());
  const crops = parts.flatMap((part) => /^pad-crop=([1-9]\d{0,4})$/.exec(part)?.slice(1) ?? []);
  const flips = parts.filter((part) => part === "flip");
  if (crops.length > 1 || flips.length > 1 || crops.length + flips.length < parts.length) return undefined;
  return { ...(crops.length === 1 && { padCrop: Number(crops[0]) }), ...(flips.length === 1 && { flip: true }) };
}
