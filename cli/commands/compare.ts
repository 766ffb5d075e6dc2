import { defaults } from "../../src/train/defaults/index.ts";
import {
  changes,
  comparison,
  dataFlags,
  device,
  groups,
  networkFlags,
  output,
  run,
  settings,
} from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const compare: Command = {
  name: "compare",
  summary: "train one network with many optimizers, fairly, and rank them",
  about:
    "Each optimizer gets the same initial weights, the same batches and the same number of trials to find its learning rate. " +
    "The result is a table in the terminal and a report.html in the run's folder.",
  flags: [
    ...[...dataFlags, flags.classWeights, flags.model, ...networkFlags],
    ...[flags.optimizers, flags.rules, flags.tunedLr, ...changes, ...groups],
    ...[...Object.values(run), ...Object.values(device)],
    ...[...Object.values(comparison), flags.workers],
    ...[flags.out, flags.noOut, flags.saveBest, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  defaults: {
    data: "digits",
    model: "mlp:64",
    lr: "tuned",
    "batch-size": `${defaults.batchSize}`,
    epochs: `${defaults.epochs}`,
    seeds: "5",
    trials: "8",
    out: "runs",
  },
  without: { figure: "the curves are in report.html, in the run's folder" },
  otherwise: { optimizer: "the lecture's twelve update rules", dtype: "f32" },
  examples: [
    ["downhill compare", "the lecture's optimizers on the handwritten digits"],
    ["downhill compare --optimizer adam,momentum --rule my-rule.txt", "two built-in optimizers and a rule of your own"],
    [
      "downhill compare --data fashion-mnist --limit 5000 --model mlp:128 --epochs 10",
      "another data set, with 5,000 training examples",
    ],
  ],
  load: () => import("./compare-work.ts"),
};
