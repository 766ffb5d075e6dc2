import { form, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const evaluate: Command = {
  name: "evaluate",
  summary: "measure how good a trained model is on labelled data",
  about:
    "Of a table it takes all rows; of images:FOLDER all images, or those in FOLDER/test where there is a FOLDER/train, too; of any other data set the test set, as train divides it. Inputs are prepared as those that the model was trained on: images get its size, means and whitening. Classes are matched by name.",
  words: [["<model>", "a run's folder, or a saved model's", { paths: "folders" }]],
  flags: [
    ...[flags.data, flags.dataDir, flags.testLimit, ...Object.values(form), flags.header, flags.noHeader],
    ...[flags.device, flags.backend, flags.threads, flags.json, ...output],
  ],
  examples: [
    [
      "downhill evaluate runs/2026-01-31T15-04-05-train-adam-houses --data csv:test.csv",
      "accuracy or errors, beside a baseline",
    ],
    ["downhill evaluate model --data csv:test.csv --json", "the same as JSON"],
    ["downhill evaluate model --data images:photos", "on photos/cat/1.png, photos/dog/2.jpg, …"],
    ["downhill evaluate model --data mnist --data-dir DIR", "on MNIST's test set"],
  ],
  load: () => import("./evaluate-work.ts"),
};
