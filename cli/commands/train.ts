import { defaults } from "../../src/train/defaults/index.ts";
import { changes, dataFlags, device, groups, networkFlags, oneRun, output, run, settings } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const train: Command = {
  name: "train",
  summary: "train one network with one optimizer",
  about:
    "The optimizer is an update rule, which takes a step on each mini-batch, or a solver such as lbfgs, which uses the whole " +
    "training set in each step and finds the step length itself.",
  flags: [
    ...[...dataFlags, flags.classWeights, flags.groupBy, flags.model, flags.from, flags.partial, ...networkFlags],
    ...[flags.optimizer, flags.rule, flags.lr, ...changes, ...groups],
    ...[
      ...Object.values(run),
      ...Object.values(oneRun),
      flags.freeze,
      ...Object.values(device),
      flags.threads,
      flags.folds,
      flags.lrRange,
    ],
    ...[flags.out, flags.noOut, flags.save, flags.stillFigureFile, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  defaults: {
    data: "digits",
    model: "mlp:64",
    optimizer: "adam",
    epochs: `${defaults.epochs}`,
    seed: `${defaults.seed}`,
    out: "runs",
  },
  otherwise: {
    "batch-size": `${defaults.batchSize}; a solver uses the whole training set`,
    dtype: "f32; f64 with a solver",
  },
  examples: [
    ["downhill train", "the handwritten digits with Adam"],
    [
      "downhill train --data fashion-mnist --model mlp:1000,1000 --dropout 0.2 --epochs 10",
      "a larger network, with dropout",
    ],
    [
      "downhill train --optimizer momentum --lr 0.05 --set beta=0.95 --schedule cosine:warmup=50",
      "momentum, with a schedule",
    ],
    ["downhill train --data houses.csv --folds 5", "how well it predicts, and how much that varies: cross-validation"],
    ["downhill train --lr-range --figure rates.svg", "before a run, see which learning rates are worth trying"],
    ["downhill train --optimizer lbfgs --l2 0.001", "second order: each epoch is one step on the full batch"],
    ["downhill train --data csv:houses.csv --model linear --optimizer newton", "a table of your own, fitted exactly"],
    [
      "downhill train --data houses.csv --predict price --save model",
      "a net to predict with: downhill predict model new.csv",
    ],
  ],
  load: () => import("./train-work.ts"),
};
