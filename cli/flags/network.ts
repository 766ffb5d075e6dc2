import { type Flag, fraction, isOn, nameIn, text } from "./flag.ts";

/** Which network, and which loss. */

export const model: Flag<string> = {
  name: "model",
  value: "<model>",
  group: "Model",
  kind: text,
  suggests: {
    names: async () => {
      const { models } = await import("../../src/nn/index.ts");
      return ["mlp:64", "mlp:64,32", "softmax", "linear", ...models.names];
    },
    paths: "files",
  },
  help:
    "network: mlp:64,32 (hidden layers of 64 and 32 units); softmax or linear (no hidden layer); a published one by its name, such as " +
    "resnet-20 (downhill model lists them); layers one by one, such as " +
    "dense:64:relu,dropout:0.5,dense or, for images, conv2d:16:3:relu,max-pool:2,flatten,dense; or a JSON file, such as model.json",
};
export const from: Flag<string> = {
  name: "from",
  value: "<model>",
  group: "Model",
  kind: text,
  suggests: { paths: "files" },
  help:
    "start from the weights of a saved model or a run (its folder), a .safetensors or a .onnx file; without --model, the saved model " +
    "is trained further, with its columns and means",
};
export const partial: Flag<boolean> = {
  name: "partial",
  group: "Model",
  kind: isOn,
  help: "with --from, take the tensors that fit the model, and draw the others at random",
};
export const activation: Flag<string> = {
  name: "activation",
  value: "<name>",
  group: "Model",
  kind: nameIn(async () => (await import("../../src/nn/index.ts")).activationNames),
  help: "activation of the hidden units: {names} (default: relu)",
};
export const loss: Flag<string> = {
  name: "loss",
  value: "<name>",
  group: "Model",
  kind: nameIn(async () => Object.keys((await import("../../src/nn/index.ts")).losses)),
  help:
    "loss function: {names} (default: the one in the model's file, else softmax-cross-entropy for classes, " +
    "mean-squared-error for numbers)",
};
export const labelSmoothing: Flag<number> = {
  name: "label-smoothing",
  value: "<part>",
  group: "Model",
  kind: fraction,
  help:
    "with softmax-cross-entropy, the part of each label that is spread over all classes, such as 0.1, in reported losses, too " +
    "(default: the one in the model's file, else 0)",
};
export const dropout: Flag<number> = {
  name: "dropout",
  value: "<rate>",
  group: "Model",
  kind: fraction,
  help: "fraction of the hidden units to drop during training (default: 0)",
};
