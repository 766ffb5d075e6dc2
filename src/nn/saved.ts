import { isOptions, quoteValue } from "../arguments/index.ts";
import { isVector, type Layout, sizeOf, type Vector } from "../expr/index.ts";
import { parseJson } from "../files/index.ts";
import {
  DAMAGED,
  type Header,
  matchTensors,
  type ReadOptions,
  readSafetensors,
  type Safetensors,
  SafetensorsError,
  type Tensor,
  writeSafetensors,
} from "../files/safetensors/index.ts";
import { layoutOf, type Model, parameterCount, stateCount, stateLayoutOf } from "./model.ts";
import { type ModelData, modelFromJson, modelToJson } from "./model-data.ts";
import { registry as house, type Registry } from "./registry.ts";

/** A model with its numbers. */
export interface Trained {
  readonly model: Model;
  /** All parameters, in the model's order. */
  readonly w: Vector;
  /** The state, of the same type; not needed where the model has none. */
  readonly s?: Vector;
}

/** A model and its numbers as they are kept: `json` becomes model.json, `weights` weights.safetensors. */
export interface SavedModel {
  readonly json: ModelData;
  /** A safetensors file: a tensor for each parameter and each tensor of the state, by its name. */
  readonly weights: Uint8Array;
}

/**
 * A model and its numbers as plain data and bytes. Throws a TypeError for a model that JSON cannot hold, and a RangeError
 * where the numbers are not as many as the model's.
 */
export function packModel(trained: Trained, registry: Registry = house): SavedModel {
  const [tensors, json] = [tensorsOf(trained), modelToJson(trained.model, registry)];
  return { json, weights: writeSafetensors(tensors, new Map([keptModel(json)])) };
}

/**
 * The model and its numbers again, to the bit. Throws a TypeError or RangeError for what is no model, and a
 * SafetensorsError where the weights are none or are another model's.
 */
export function unpackModel({ json, weights }: SavedModel, registry: Registry = house): Required<Trained> {
  const told = { json, model: modelFromJson(json, { registry }) };
  return trainedFrom(
    () => told,
    (options) => readSafetensors(weights, options),
    "weights",
  );
}

/** The name under which a file of weights keeps the model that its numbers are of: any other of their shapes would take them. */
const MODEL = "downhill.model";

/** What a file of weights says of itself, beside its numbers. */
type Metadata = Header["metadata"];

/** A model for the metadata of its weights. */
export const keptModel = (json: ModelData): readonly [name: string, text: string] => [MODEL, JSON.stringify(json)];

/** The model that a file of weights says its numbers are of; undefined where it says nothing, as those of others do. */
export function modelKept(metadata: Metadata, where: string): unknown {
  const text = metadata.get(MODEL);
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch (cause) {
    throw new SafetensorsError(where, `what it says of its model is not JSON: ${messageOf(cause)}`, DAMAGED, { cause });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function refuseAnother(json: unknown, metadata: Metadata, where: string): void {
  const kept = modelKept(metadata, where);
  if (kept === undefined || inOrder(kept) === inOrder(json)) return;
  const problem = "its numbers are of another model than the JSON that came with them";
  throw new SafetensorsError(where, problem, "take both of one save; a model that was edited must be saved again");
}

/** What numbers depend on: all but the model's name, in one order of fields, as JSON has none. */
const inOrder = (json: unknown): string =>
  JSON.stringify(isOptions(json) ? { ...json, name: undefined } : json, (_, part: unknown) =>
    isOptions(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );

/** A tensor for each parameter and each tensor of the state. Throws a TypeError where there is no model, or no numbers. */
export function tensorsOf({ model, w, s = new Float32Array(0) }: Trained): Tensor[] {
  if (!isOptions(model) || !("forward" in model))
    throw new TypeError(`the model is ${quoteValue(model)}; give one with its numbers: ${GIVEN}`);
  checkCount(`${model.name}: w`, w, parameterCount(model));
  checkCount(`${model.name}: the state`, s, stateCount(model));
  return [...cut(layoutOf(model), w), ...cut(stateLayoutOf(model), s)];
}

/** What is asked for, as one writes it. */
const GIVEN = "{ model, w: training.state.w, s: training.state.s }";

function checkCount(what: string, vector: unknown, count: number): void {
  if (!isVector(vector))
    throw new TypeError(`${what} is ${quoteValue(vector)}; give a Float32Array or Float64Array: ${GIVEN}`);
  const { length } = vector;
  if (length !== count) throw new RangeError(`${what} has ${length} numbers; the model has ${count}`);
}

const cut = (layout: Layout, vector: Vector): Tensor[] =>
  layout.map(({ name, shape, offset }) => ({
    ...{ name, shape, dtype: vector instanceof Float32Array ? "F32" : "F64" },
    data: vector.subarray(offset, offset + sizeOf(shape)),
  }));

/** A model as JSON says it, and itself. */
export interface Told {
  readonly json: unknown;
  readonly model: Model;
}

/**
 * A model with the numbers of a file, which must have all its tensors, and no more, and be of no other model: that is looked
 * at before any number is read.
 *
 * @param told the model, for a file that says this of itself
 * @param read reads the file that errors call `where`
 */
export function trainedFrom(
  told: (metadata: Metadata) => Told,
  read: (options: ReadOptions) => Safetensors,
  where: string,
): Required<Trained> {
  const check = ({ tensors: stated, metadata }: Header): void => {
    const [{ json, model }, dtype] = [told(metadata), typeOf(stated)];
    const all = [...model.parameters, ...model.state];
    matchTensors(
      all.map(({ name, shape }) => ({ name, shape, dtype })),
      stated,
      where,
    );
    refuseAnother(json, metadata, where);
  };
  const { tensors, metadata } = read({ name: where, check });
  const { model } = told(metadata);
  const joined = (layout: Layout, length: number): Vector => {
    const vector = typeOf(tensors) === "F64" ? new Float64Array(length) : new Float32Array(length);
    for (const { name, offset } of layout) {
      const data = tensors.get(name)?.data;
      if (isVector(data)) vector.set(data, offset);
    }
    return vector;
  };
  return {
    model,
    w: joined(layoutOf(model), parameterCount(model)),
    s: joined(stateLayoutOf(model), stateCount(model)),
  };
}

/** Of all the numbers: they are of one type. */
const typeOf = (tensors: ReadonlyMap<string, { readonly dtype: string }>): "F64" | "F32" =>
  [...tensors.values()].some(({ dtype }) => dtype === "F64") ? "F64" : "F32";
