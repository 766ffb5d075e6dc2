import { checkNumber, cut, domains, nearestNames, proposal, quote, unknownName } from "../arguments/index.ts";
import type { LayerData } from "./layer-data.ts";
import { layersOfText, refuseUnknownLayer } from "./layer-text.ts";
import type { Model } from "./model.ts";
import { type ModelData, modelFromJson, type Shapes } from "./model-data.ts";
import { names } from "./models/index.ts";
import { namedModel } from "./named-model.ts";
import { registry as builtIn, type Registry } from "./registry.ts";

/** Options that complete a text of the form `mlp:…`. */
export interface TextOptions {
  /** The fraction of each hidden layer's units that is dropped in training. */
  readonly dropout?: number | undefined;
  /** The activation of the hidden layers, instead of the text's. */
  readonly activation?: string | undefined;
  /** Where the names of layers and activations of your own are looked up. Default: the built-in ones. */
  readonly registry?: Registry;
  /** The data that a published model is for. Default: images and ten classes, as in its paper. */
  readonly data?: Shapes | undefined;
}

const BY_LAYERS = "dense:64:relu,dropout:0.5,dense";
const FORMS = [
  ...["mlp:64,32", "mlp:64,32:tanh", "softmax", "linear", "resnet-20"],
  ...["dense:64,residual(dense:64:relu,dense:64),dense", BY_LAYERS],
];

/**
 * Reads a model's text: `mlp:64,32` (hidden layers of 64 and 32 units), `mlp:64,32:tanh` (with an activation other than
 * ReLU), `softmax` or `linear` (no hidden layer), the name of a published model (`resnet-20`; see `models.names`), or layers one
 * by one: `dense:64:relu,dropout:0.5,dense`. Names and layers have options after colons, in their order or by name
 * (`dense:64:bias=false`), and layers have layers within them in parentheses, with a bar between two lists of them:
 * `residual(conv2d:32:3:padding=same|conv2d:32:1)`. The data decide the inputs, and the outputs if the last layer leaves them
 * out. Throws a RangeError that shows the forms, or says which data would fit.
 */
export function parseModel(text: string, options: TextOptions = {}): ModelData {
  const { dropout = 0, activation, registry = builtIn, data } = options;
  checkNumber("dropout", dropout, domains.fraction);
  const whole = text.trim();
  const [kind, sizes, own = "relu", ...rest] = whole.toLowerCase().split(":");
  if (["softmax", "linear"].includes(whole.toLowerCase()))
    return { format: "downhill-model 1", layers: [{ kind: "dense" }] };
  if (kind === "mlp" && sizes !== undefined && rest.length === 0) {
    checkActivation(own, registry);
    const units = sizes.split(/[,-]/).map((size) => unitsOf(text, size));
    return perceptron(units, activation ?? own, dropout);
  }
  const published = namedModel(whole, data);
  const layers = published?.layers ?? layersOfText(whole, registry);
  if (layers === undefined) {
    refuseUnknownLayer(text, registry);
    throw new RangeError(`model ${quote(text)} is not known${meant(text)}`);
  }
  if (dropout > 0 || activation !== undefined) {
    const what = activation === undefined ? "dropout" : "the activation";
    throw new RangeError(
      published
        ? `model ${quote(text)} has the layers of its paper; leave ${what} out`
        : `model ${quote(text)} says of each layer what it is; give ${what} there: ${BY_LAYERS}`,
    );
  }
  return published ?? { format: "downhill-model 1", name: whole, layers };
}

function perceptron(units: readonly number[], activation: string, rate: number): ModelData {
  const dropped = rate > 0 ? [{ kind: "dropout", rate }] : [];
  const hidden = units.flatMap((each): LayerData[] => [{ kind: "dense", units: each, activation }, ...dropped]);
  return { format: "downhill-model 1", layers: [...hidden, { kind: "dense" }] };
}

/** A hint for a text that has only the sizes of hidden layers, else the nearest of the names; and how a model is written. */
function meant(text: string): string {
  const forms = `a model is written like ${FORMS.join(", ")}`;
  return /^\d+([,-]\d+)*$/.test(text.trim())
    ? `; for hidden layers of these sizes, say ${cut(`mlp:${text.trim()}`)}; ${forms}`
    : proposal(nearestNames(text.trim(), names), forms);
}

function unitsOf(text: string, size: string): number {
  // Number makes 0 of an empty text, too.
  const units = Number(size);
  if (!Number.isSafeInteger(units) || units < 1)
    throw new RangeError(`model ${quote(text)}: ${quote(size)} is not a number of units; write mlp:64,32`);
  return units;
}

function checkActivation(name: string, { activations }: Registry): void {
  if (Object.hasOwn(activations, name)) return;
  const [, own = "", number = ""] = /^([\w-]+)\(([^()]*)\)$/.exec(name) ?? [];
  const [setting = undefined] = Object.keys(activations[own]?.family?.defaults ?? {});
  if (setting !== undefined)
    throw new RangeError(
      `activation ${quote(name)}: a text cannot have settings; put them in a model's JSON: "activation": { "name": "${own}", "${setting}": ${cut(number)} }`,
    );
  throw new RangeError(unknownName("activation", name, Object.keys(activations)));
}

/**
 * The model that a text such as `mlp:64,32` or plain data describe, with the inputs and outputs of these data. Throws a
 * RangeError or TypeError that says what is wrong.
 */
export const modelFor = (given: string | object, data: Shapes, registry: Registry = builtIn): Model =>
  modelFromJson(typeof given === "string" ? parseModel(given, { registry, data }) : given, { data, registry });
