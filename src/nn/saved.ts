import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { isOptions } from "../expr/options.ts";
import { quoteValue } from "../expr/quote.ts";
import { sizeOf } from "../expr/shape.ts";
import {
  type Header,
  matchTensors,
  type ReadOptions,
  readSafetensors,
  type Safetensors,
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
  const weights = writeSafetensors(tensorsOf(trained));
  return { json: modelToJson(trained.model, registry), weights };
}

/**
 * The model and its numbers again, to the bit. Throws a TypeError or RangeError for what is no model, and a
 * SafetensorsError where the weights are none or are another model's.
 */
export const unpackModel = ({ json, weights }: SavedModel, registry: Registry = house): Required<Trained> =>
  trainedFrom(json, (options) => readSafetensors(weights, options), "weights", registry);

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
  if (!(vector instanceof Float32Array || vector instanceof Float64Array))
    throw new TypeError(`${what} is ${quoteValue(vector)}; give a Float32Array or Float64Array: ${GIVEN}`);
  const { length } = vector;
  if (length !== count) throw new RangeError(`${what} has ${length} numbers; the model has ${count}`);
}

const cut = (layout: Layout, vector: Vector): Tensor[] =>
  layout.map(({ name, shape, offset }) => ({
    ...{ name, shape, dtype: vector instanceof Float32Array ? "F32" : "F64" },
    data: vector.subarray(offset, offset + sizeOf(shape)),
  }));

/**
 * The model that JSON describes with the numbers of a file, which must have all its tensors, and no more: that is looked at
 * before any number is read.
 *
 * @param read reads the file that errors call `where`
 */
export function trainedFrom(
  json: unknown,
  read: (options: ReadOptions) => Safetensors,
  where: string,
  registry: Registry,
): Required<Trained> {
  const model = modelFromJson(json, { registry });
  const all = [...model.parameters, ...model.state];
  const check = ({ tensors: stated }: Header): void => {
    const dtype = typeOf(stated);
    const expected = all.map(({ name, shape }) => ({ name, shape, dtype }));
    matchTensors(expected, stated, where);
  };
  const { tensors } = read({ name: where, check });
  const joined = (layout: Layout, length: number): Vector => {
    const vector = typeOf(tensors) === "F64" ? new Float64Array(length) : new Float32Array(length);
    for (const { name, offset } of layout) {
      const data = tensors.get(name)?.data;
      if (data instanceof Float32Array || data instanceof Float64Array) vector.set(data, offset);
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
