import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { isOptions } from "../expr/options.ts";
import { quoteValue } from "../expr/quote.ts";
import { sizeOf } from "../expr/shape.ts";
import {
  matchTensors,
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
  trainedFrom(json, readSafetensors(weights, { name: "weights" }), "weights", registry);

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

/** The model that JSON describes with the numbers of these tensors, all of which it must have, and no more. */
export function trainedFrom(
  json: unknown,
  { tensors }: Pick<Safetensors, "tensors">,
  where: string,
  registry: Registry,
): Required<Trained> {
  const model = modelFromJson(json, { registry });
  const dtype = [...tensors.values()].some((tensor) => tensor.dtype === "F64") ? "F64" : "F32";
  const expected = [...model.parameters, ...model.state].map(({ name, shape }) => ({ name, shape, dtype }));
  const found = new Map(matchTensors(expected, tensors, where).map(({ name, data }) => [name, data]));
  const joined = (layout: Layout, length: number): Vector => {
    const vector = dtype === "F64" ? new Float64Array(length) : new Float32Array(length);
    for (const { name, offset } of layout) {
      const data = found.get(name);
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
