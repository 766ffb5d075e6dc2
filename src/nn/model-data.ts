import { cut, isOptions, quote, quoteValue, unknownName } from "../arguments/index.ts";
import type { Dataset } from "../data/index.ts";
import { checkPreprocessing, type Preprocessing } from "../data/table/index.ts";
import { type Shape, sizeOf } from "../expr/index.ts";
import type { Layer } from "./layer.ts";
import { needOf } from "./layer-chain.ts";
import { type LayerData, placeIn, readLayer, writeLayer } from "./layer-data.ts";
import { type Loss, statementOf } from "./loss.ts";
import { isShape, layersOf, type Model } from "./model.ts";
import { readNamed, type Written, writeNamed } from "./named.ts";
import { registry as builtIn, type Registry, usualLoss } from "./registry.ts";
import { sequential } from "./sequential.ts";
import { ownName } from "./unknown-part.ts";

/** The version of the format, which readers check first. */
const FORMAT = "downhill-model 1";

/** A model in JSON: it can be saved, shared, and sent to another thread. */
export interface ModelData {
  /** The format and its version. */
  readonly format: typeof FORMAT;
  /** Shown in tables and reports. Default: from the layers' sizes, such as `mlp:64-32-10`. */
  readonly name?: string;
  /** The shape of one example. Default: that of the data. */
  readonly inputShape?: Shape;
  /** A loss: its name, or an object with its name and settings. Default: softmax cross-entropy for classification, the mean squared error for regression. */
  readonly loss?: Written;
  /** From inputs to outputs. If the last one leaves out its number of outputs, the data decide. */
  readonly layers: readonly LayerData[];
  /** Saved models: from raw rows to inputs, and from outputs to classes or values. */
  readonly preprocessing?: Preprocessing;
}

/** The facts about the data that decide a model's inputs and outputs. */
export type Shapes = Pick<Dataset, "inputShape" | "outputs" | "task">;

/**
 * The model as plain data. Throws a TypeError that says what to do if something cannot be in JSON: a model that is a custom
 * function, or a layer, loss, activation or initializer that the registry has no name for.
 */
export function modelToJson(model: Model, registry: Registry = builtIn): ModelData {
  const { name, inputShape } = model;
  const layers = layersOf(model);
  if (layers === undefined)
    throw new TypeError(
      model.layers === undefined
        ? `${cut(name)} is a function, which JSON cannot hold; build the model from layers, with sequential(…)`
        : `${cut(name)} was changed after its layers built it, and JSON cannot hold the change; build it from other layers, with sequential(…)`,
    );
  const same = Object.entries(registry.losses).find(([, entry]) => isSame(entry, model.loss))?.[0];
  const loss = same ?? writeNamed(model.loss, registry.losses);
  if (loss === undefined)
    throw new TypeError(
      `${cut(name)}: its loss, ${cut(model.loss.name)}, is a function that JSON cannot hold; give it a name: registry.with({ losses: { ${quote(ownName(model.loss.name, registry.losses, "my-loss"))}: loss } })`,
    );
  return {
    format: FORMAT,
    name,
    inputShape,
    loss,
    layers: layers.map(({ builder }, i) => writeLayer(builder, placeIn("layers", i), registry)),
  };
}

/** Whether two losses agree in all fields: JSON would lose a function that was changed. */
const isSame = (a: Loss, b: Loss): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((part) => Reflect.get(a, part) === Reflect.get(b, part));

/** Options of `modelFromJson`: facts that complete the JSON, and the names of your own layers, losses and functions. */
export interface ReadOptions {
  /** Decides what the JSON leaves open: the shape of an example, the outputs, the loss. */
  readonly data?: Shapes;
  /** Where the names of layers, losses and functions of your own are looked up. Default: the built-in ones. */
  readonly registry?: Registry;
}

/**
 * The model that plain data describe, written by `modelToJson` or by a person. Throws a RangeError or TypeError that says what is
 * wrong, and in which layer.
 */
export function modelFromJson(json: unknown, { data, registry = builtIn }: ReadOptions = {}): Model {
  const { inputShape, name, loss, layers } = checkModelData(json);
  const given = inputShape ?? data?.inputShape;
  if (given === undefined)
    throw new RangeError('the model has no "inputShape"; give the shape of one example, such as [64], or the data');
  const chosen = lossOf(loss ?? usualLoss[data?.task ?? "classification"], registry);
  const builders = closed(layers, chosen, data, registry).map((layer, i) =>
    readLayer(layer, placeIn("layers", i), registry),
  );
  // The data's own shape, or a flat one where the layers need vectors.
  const shape = inputShape === undefined && needOf(builders) === "row" ? [sizeOf(given)] : given;
  const model = sequential(shape, builders, { loss: chosen, ...(name === undefined ? {} : { name }) });
  return name === undefined ? { ...model, name: usualName(model) } : model;
}

const FIELDS = ["format", "name", "inputShape", "loss", "layers", "preprocessing"];

/** Checks everything except the layers' own options. */
export function checkModelData(json: unknown): ModelData {
  if (!isOptions(json))
    throw new TypeError(`a model is ${quoteValue(json)}; give an object: { "format": "${FORMAT}", "layers": […] }`);
  const field = (name: string): unknown => Reflect.get(json, name);
  const [format, name, inputShape, loss, layers, preprocessing] = FIELDS.map(field);
  if (format !== FORMAT)
    throw new RangeError(`a model's format is ${quoteValue(format)}; this version reads only "${FORMAT}"`);
  for (const key of Object.keys(json))
    if (!FIELDS.includes(key)) throw new RangeError(unknownName("a model's field", key, FIELDS));
  if (!isTextOrNone(name)) throw new TypeError(`a model's name is ${quoteValue(name)}; it must be a text`);
  if (!isWrittenOrNone(loss))
    throw new TypeError(
      `a model's loss is ${quoteValue(loss)}; it must be the name of one, or an object with its name and settings`,
    );
  if (inputShape !== undefined && !isShape(inputShape))
    throw new TypeError(
      `a model's inputShape is ${quoteValue(inputShape)}; it must be a list of whole numbers, 1 or more, such as [64]`,
    );
  if (!isLayerList(layers))
    throw new TypeError(`a model's layers are ${quoteValue(layers)}; give a list, such as [{ "kind": "dense" }]`);
  return {
    format,
    layers,
    ...(name === undefined ? {} : { name }),
    ...(inputShape === undefined ? {} : { inputShape }),
    ...(loss === undefined ? {} : { loss }),
    ...(preprocessing === undefined ? {} : { preprocessing: checkPreprocessing(preprocessing) }),
  };
}

const isTextOrNone = (given: unknown): given is string | undefined => given === undefined || typeof given === "string";

/** Its settings are checked where it is made. */
const isWrittenOrNone = (given: unknown): given is Written | undefined =>
  isTextOrNone(given) || (isOptions(given) && "name" in given && typeof given.name === "string");

const isLayerList = (given: unknown): given is readonly LayerData[] =>
  Array.isArray(given) &&
  given.length > 0 &&
  given.every((each) => isOptions(each) && "kind" in each && typeof each.kind === "string");

/** The loss with this name and settings. */
export function lossOf(given: Written, { losses }: Registry): Loss {
  const found = readNamed("loss", given, losses);
  if (found === undefined) throw new TypeError(`the loss is ${quoteValue(given)}; give its name`);
  return found;
}

/** The layers; if the last one leaves out its number of outputs, the data decide it. */
function closed(
  layers: readonly LayerData[],
  loss: Loss,
  data: Shapes | undefined,
  registry: Registry,
): readonly LayerData[] {
  const last = layers[layers.length - 1];
  const option = Object.hasOwn(registry.layers, last.kind) ? registry.layers[last.kind].outputs : null;
  if (option === null || last[option] !== undefined || data === undefined) return layers;
  const outputs = statementOf(loss)?.outputs(data) ?? data.outputs;
  return [...layers.slice(0, -1), { ...last, [option]: outputs }];
}

/** `mlp:64-32-10` for dense layers one after the other. */
function usualName({ inputShape, layers = [] }: Model): string {
  const isPlain = layers.every(({ role }) => role.kind === "dense" || role.kind === "identity");
  const sizes = layers.filter(({ role }) => role.kind === "dense").map(sizeAfter);
  return isPlain && sizes.length > 0 ? `mlp:${[sizeOf(inputShape), ...sizes].join("-")}` : "sequential";
}

const sizeAfter = ({ outputShape }: Layer): number => sizeOf(outputShape);
