import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const exportModel: Command = {
  name: "export",
  summary: "write a trained model for other programs",
  words: [["<model>", "a run's folder, or a saved model's", { paths: "folders" }]],
  flags: [flags.format, flags.exportTo, flags.json, ...output],
  defaults: { format: "onnx" },
  otherwise: { out: "model.onnx, model.safetensors, model.mjs, model-pytorch or model-huggingface, by the format" },
  examples: [
    ["downhill export runs/2026-01-31T15-04-05-train-adam-houses --out houses.onnx", "one file that takes raw rows"],
    ["downhill export model --format pytorch", "a PyTorch module, to predict with in Python or to train further"],
    ["downhill export model --format js --out web/model.mjs", "predictions in any page, without a library"],
  ],
  load: () => import("./export-work.ts"),
};
