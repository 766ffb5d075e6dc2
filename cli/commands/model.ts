import { defaults } from "../../src/train/defaults/index.ts";
import { dataFlags, networkFlags, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const model: Command = {
  name: "model",
  summary: "list networks, or show one: layers, parameters, memory",
  words: [
    [
      "[model]",
      "mlp:64,32; softmax; linear; a name such as resnet-20; layers such as dense:64:relu,dense; or a JSON file",
      flags.model.suggests,
    ],
  ],
  flags: [...[...dataFlags, ...networkFlags], ...[flags.summaryBatchSize, flags.dtype, flags.json, ...output]],
  defaults: { data: "digits", "batch-size": `${defaults.batchSize}` },
  otherwise: { dtype: "f32" },
  examples: [
    ["downhill model", "published networks by their names, with the number of their parameters"],
    ["downhill model resnet-20 --data cifar-10", "one of them, layer by layer"],
    ["downhill model mlp:64,32", "for the handwritten digits"],
    [
      "downhill model mlp:1000,1000 --data fashion-mnist --batch-size 128",
      "a larger network, and the memory that training it needs",
    ],
    ["downhill model conv2d:16:3:relu,max-pool:2,flatten,dense", "a convolutional net, on the digits"],
    ["downhill model dense:64:tanh,dropout:0.5,dense --json", "layer by layer, as JSON"],
  ],
  load: () => import("./model-work.ts"),
};
