import type { ActivationName } from "../../src/nn/index.ts";
import { type Flag, fraction, list, number, oneOf, text, whole } from "../flag.ts";

/** What is to be learned, and by which network. */

export const data: Flag<string> = {
  name: "data",
  value: "<name>",
  group: "Data",
  kind: text,
  help: "digits, mnist, fashion-mnist, cifar-10, moons, spirals, blobs or csv:FILE",
};
export const dataDir: Flag<string> = {
  name: "data-dir",
  value: "<dir>",
  group: "Data",
  kind: text,
  help: "look for its files here, and nowhere else",
};
export const limit: Flag<number> = {
  name: "limit",
  value: "<n>",
  group: "Data",
  kind: whole(1),
  help: "use the first n training examples only",
};
export const predict: Flag<string> = {
  name: "predict",
  value: "<column>",
  group: "Data",
  kind: text,
  help: "csv: the column to predict, by name or number (default: the last)",
};
export const task: Flag<"classification" | "regression"> = {
  name: "task",
  value: "<task>",
  group: "Data",
  kind: oneOf(["classification", "regression"]),
  help: "csv: classification or regression (default: as the column looks)",
};

export const model: Flag<string> = {
  name: "model",
  value: "<model>",
  group: "Model",
  kind: text,
  help: "mlp:64,32 (its hidden layers), softmax or linear",
};
const activations = ["relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu", "silu", "identity"] as const;
export const activation: Flag<ActivationName> = {
  name: "activation",
  value: "<name>",
  group: "Model",
  kind: oneOf(activations),
  help: `${activations.join(", ")} (default: relu)`,
};
export const dropout: Flag<number> = {
  name: "dropout",
  value: "<rate>",
  group: "Model",
  kind: fraction,
  help: "the part of the hidden units dropped in training (default: 0)",
};

export const temperatures: Flag<string> = {
  name: "temperatures",
  value: "<file>",
  group: "Data",
  kind: text,
  help: "daily temperatures as CSV, in place of the year inside the package",
};

export const within: Flag<readonly number[]> = {
  name: "within",
  value: "<low,high,…>",
  group: "Walk",
  kind: list(number("a number", () => true)),
  help: "where to search: one window for all variables, or one for each (default: the surface's own)",
};
