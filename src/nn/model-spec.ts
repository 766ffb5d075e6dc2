import type { Dataset } from "../data/dataset.ts";
import { unknownName } from "../expr/nearest.ts";
import { cut, quote } from "../expr/quote.ts";
import { sizeOf } from "../expr/shape.ts";
import {
  type ActivationName,
  activationNames,
  type Model,
  meanSquaredError,
  mlp,
  softmaxCrossEntropy,
} from "./index.ts";

/** A model as plain data: it can be written into a file and handed to another thread. The data decide its ends. */
export interface ModelSpec {
  /** Units of the hidden layers; none makes softmax (or linear) regression. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  /** The part of each hidden layer's units that is dropped in training. */
  readonly dropout: number;
}

/** What a model has to know of the data. */
export type Shapes = Pick<Dataset, "inputShape" | "outputs" | "task">;

const FORMS = ["mlp:64,32", "mlp:64,32:tanh", "softmax", "linear"];

/**
 * Reads `mlp:64,32` (hidden layers of 64 and 32 units), `mlp:64,32:tanh` (with an activation other than ReLU), `softmax`
 * or `linear` (no hidden layer). Throws a RangeError that shows the forms.
 */
export function parseModel(text: string, { dropout = 0 }: { dropout?: number } = {}): ModelSpec {
  const [kind, sizes, activation = "relu", ...rest] = text.trim().toLowerCase().split(":");
  if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`dropout is ${dropout}; it must be from 0 to less than 1`);
  if (["softmax", "linear"].includes(kind) && sizes === undefined) return { hidden: [], activation: "relu", dropout };
  if (kind !== "mlp" || sizes === undefined || rest.length > 0)
    throw new RangeError(
      `model ${quote(text)} is not known; ${meant(text)}a model is written like ${FORMS.join(", ")}`,
    );
  return {
    hidden: sizes.split(/[,-]/).map((size) => unitsOf(text, size)),
    activation: activationOf(activation),
    dropout,
  };
}

/** Sizes alone are those of hidden layers. */
const meant = (text: string): string =>
  /^\d+([,-]\d+)*$/.test(text.trim()) ? `for hidden layers of these sizes, say ${cut(`mlp:${text.trim()}`)}; ` : "";

function unitsOf(text: string, size: string): number {
  const units = Number(size);
  if (size.trim() === "" || !Number.isSafeInteger(units) || units < 1)
    throw new RangeError(`model ${quote(text)}: ${quote(size)} is not a number of units; write mlp:64,32`);
  return units;
}

function activationOf(name: string): ActivationName {
  const found = activationNames.find((known) => known === name);
  if (found === undefined) throw new RangeError(unknownName("activation", name, activationNames));
  return found;
}

/** The text that `parseModel` reads back, dropout aside. */
export const modelText = ({ hidden, activation }: ModelSpec): string =>
  hidden.length === 0 ? "softmax" : `mlp:${hidden.join(",")}${activation === "relu" ? "" : `:${activation}`}`;

/** Its name with the data's own ends, `mlp:64-32-10`, as the built model has it. */
export const modelName = (spec: ModelSpec, data: Shapes): string => `mlp:${sizesOf(spec, data).join("-")}`;

const sizesOf = ({ hidden }: ModelSpec, { inputShape, outputs }: Shapes): number[] => [
  sizeOf(inputShape),
  ...hidden,
  outputs,
];

/** The model for these data: classes through softmax cross-entropy, numbers through the mean squared error. */
export function buildModel(spec: ModelSpec, data: Shapes): Model {
  const { activation, dropout } = spec;
  const loss = data.task === "classification" ? softmaxCrossEntropy : meanSquaredError;
  return mlp(sizesOf(spec, data), { activation, dropout, loss });
}
