import { cut, isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import type { Dataset } from "../data/index.ts";
import { type Shape, sizeOf } from "../expr/index.ts";
import type { Layer } from "./layer.ts";
import { type LayerData, readLayer, writeLayer } from "./layer-data.ts";
import { type Loss, statementOf } from "./loss.ts";
import { isShape, layersOf, type Model } from "./model.ts";
import { registry as house, type Registry, usualLoss } from "./registry.ts";
import { sequential } from "./sequential.ts";

/** The form's version: what reads it knows at once whether it can. */
const FORMAT = "downhill-model 1";

/** A model as JSON holds it: it can be saved, shared, and handed to another thread. */
export interface ModelData {
  readonly format: typeof FORMAT;
  readonly name?: string;
  /** The shape of one example. Missing: that of the data. */
  readonly inputShape?: Shape;
  /** The name of a loss. Missing: softmax cross-entropy for classes, the mean squared error for numbers. */
  readonly loss?: string;
  /** From inputs to outputs. The last one may leave out how many outputs it has: then the data decide. */
  readonly layers: readonly LayerData[];
}

/** What a model has to know of the data that decide its ends. */
export type Shapes = Pick<Dataset, "inputShape" | "outputs" | "task">;

/**
 * The model as plain data. Throws a TypeError, which says what to do, where it has something that JSON cannot hold: a
 * function as a whole model, or a layer, loss, activation or initializer that the registry has no name for.
 */
export function modelToJson(model: Model, registry: Registry = house): ModelData {
  const { name, inputShape } = model;
  const layers = layersOf(model);
  if (layers === undefined)
    throw new TypeError(
      model.layers === undefined
        ? `${cut(name)} is a function, which JSON cannot hold; build the model from layers, by sequential(…)`
        : `${cut(name)} is no longer what its layers built, and JSON cannot hold what was changed; give the layers themselves what it is to be, by sequential(…)`,
    );
  const loss = Object.entries(registry.losses).find(([, entry]) => isSame(entry, model.loss))?.[0];
  if (loss === undefined)
    throw new TypeError(
      `${cut(name)}: its loss, ${cut(model.loss.name)}, is a function that JSON cannot hold; give it a name: registry.with({ losses: { "my-loss": loss } })`,
    );
  return { format: FORMAT, name, inputShape, loss, layers: layers.map((layer, i) => writeLayer(layer, i, registry)) };
}

/** Whether two losses are alike in everything that they have: a function that was changed would be lost. */
const isSame = (a: Loss, b: Loss): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((part) => Reflect.get(a, part) === Reflect.get(b, part));

export interface ReadOptions {
  /** Decide what the model's data leave open: shape of an example, outputs, loss. */
  readonly data?: Shapes;
  /** Knows layers, losses and functions of your own by name. */
  readonly registry?: Registry;
}

/**
 * The model that plain data describe, as `modelToJson` or a person wrote them. Throws a RangeError or TypeError that says
 * what is wrong, in which layer.
 */
export function modelFromJson(json: unknown, { data, registry = house }: ReadOptions = {}): Model {
  const { inputShape, name, loss, layers } = checkModelData(json);
  const shape = inputShape ?? (data && shapeFor(layers, data, registry));
  if (shape === undefined)
    throw new RangeError('the model has no "inputShape"; give the shape of one example, such as [64], or the data');
  const lossName = loss ?? usualLoss[data?.task ?? "classification"];
  const chosen = lossOf(lossName, registry);
  const builders = closed(layers, chosen, data, registry).map((layer, i) => readLayer(layer, i, registry));
  const model = sequential(shape, builders, { loss: chosen, ...(name === undefined ? {} : { name }) });
  return name === undefined ? { ...model, name: usualName(model) } : model;
}

const FIELDS = ["format", "name", "inputShape", "loss", "layers"];

/** Looks at everything but the layers' own options. */
export function checkModelData(json: unknown): ModelData {
  if (!isOptions(json))
    throw new TypeError(`a model is ${quoteValue(json)}; give an object: { "format": "${FORMAT}", "layers": […] }`);
  const field = (name: string): unknown => Reflect.get(json, name);
  const [format, name, inputShape, loss, layers] = FIELDS.map(field);
  if (format !== FORMAT)
    throw new RangeError(`a model's format is ${quoteValue(format)}; this version reads "${FORMAT}" alone`);
  for (const key of Object.keys(json))
    if (!FIELDS.includes(key)) throw new RangeError(unknownName("a model's field", key, FIELDS));
  if (!isTextOrNone(name)) throw new TypeError(`a model's name is ${quoteValue(name)}; it must be a text`);
  if (!isTextOrNone(loss)) throw new TypeError(`a model's loss is ${quoteValue(loss)}; it must be the name of one`);
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
  };
}

const isTextOrNone = (given: unknown): given is string | undefined => given === undefined || typeof given === "string";

const isLayerList = (given: unknown): given is readonly LayerData[] =>
  Array.isArray(given) &&
  given.length > 0 &&
  given.every((each) => isOptions(each) && "kind" in each && typeof each.kind === "string");

function lossOf(name: string, { losses }: Registry): Loss {
  if (!Object.hasOwn(losses, name)) throw new RangeError(unknownName("loss", name, Object.keys(losses)));
  return losses[name];
}

/** The layers, the last with as many outputs as the data want where that is left out. */
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

/** The data's own shape, or all of an example in a row where that is what the first layer with a need for it wants. */
function shapeFor(layers: readonly LayerData[], { inputShape }: Shapes, registry: Registry): Shape {
  const needs = layers.map(({ kind }) => (Object.hasOwn(registry.layers, kind) ? registry.layers[kind].inputs : "row"));
  return needs.find((need) => need !== "passed on") === "row" ? [sizeOf(inputShape)] : inputShape;
}

/** `mlp:64-32-10` for dense layers one after the other. */
function usualName({ inputShape, layers = [] }: Model): string {
  const isPlain = layers.every(({ role }) => role.kind !== "other");
  const sizes = layers.filter(({ role }) => role.kind === "dense").map(sizeAfter);
  return isPlain && sizes.length > 0 ? `mlp:${[sizeOf(inputShape), ...sizes].join("-")}` : "sequential";
}

const sizeAfter = ({ outputShape }: Layer): number => sizeOf(outputShape);
