import { form, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const predict: Command = {
  name: "predict",
  summary: "predict from rows or images, with a trained model",
  about:
    "Columns are matched by name, in any order; others are ignored. The rows are raw: the model standardises them as it did its training set. Images are PNG or JPEG files, which are resized to the model's size; of a folder, those in the folders below it, too.",
  words: [
    ["<model>", "a run's folder, or a saved model's", { paths: "folders" }],
    [
      "[rows...]",
      "a CSV file, or - for standard input (default: standard input); or images and folders of images",
      { paths: "files" },
    ],
  ],
  flags: [
    ...[...Object.values(form), flags.header, flags.noHeader],
    ...[flags.device, flags.backend, flags.threads],
    ...[flags.proba, flags.csv, flags.json, ...output],
  ],
  examples: [
    ["downhill predict runs/2026-01-31T15-04-05-train-adam-houses new.csv", "a table of predictions"],
    ["downhill predict model new.csv --proba --csv > predicted.csv", "the probability of each class, as CSV"],
    ["cat new.csv | downhill predict model --json", "from standard input, as JSON"],
    ["downhill predict model new/*.png", "of a model of images: one line for each"],
    ["downhill predict model photos/new", "the same, for each image in a folder"],
  ],
  load: () => import("./predict-work.ts"),
};
