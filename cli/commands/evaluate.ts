import { form, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const evaluate: Command = {
  name: "evaluate",
  summary: "measure how good a trained model is on labelled rows",
  words: [["<model>", "a run's folder, or a saved model's", { paths: "folders" }]],
  flags: [
    ...[flags.data, ...Object.values(form), flags.header, flags.noHeader],
    ...[flags.device, flags.backend, flags.threads, flags.json, ...output],
  ],
  examples: [
    [
      "downhill evaluate runs/2026-01-31T15-04-05-train-adam-houses --data csv:test.csv",
      "accuracy or errors, beside a baseline",
    ],
    ["downhill evaluate model --data csv:test.csv --json", "the same as JSON"],
  ],
  load: () => import("./evaluate-work.ts"),
};
