import { isOptions, quoteValue } from "../arguments/index.ts";
import { checkPreprocessing, type Preprocessing } from "../data/table/index.ts";
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
import { outputSize } from "./outputs.ts";
import { registry as builtIn, type Registry } from "./registry.ts";
import { statedWhitening, whiteningTensors, withWhitening } from "./whitening-tensors.ts";

/** A model with its weights. */
export interface Trained {
  /** The model that the weights belong to. */
  readonly model: Model;
  /** All parameters, in the model's order. */
  readonly w: Vector;
  /** The state, of the same type; not needed if the model has none. */
  readonly s?: Vector;
  /** From raw rows to inputs, and from outputs to classes or values: that of the data set. */
  readonly preprocessing?: Preprocessing | undefined;
}

/** A saved model with its weights: `json` becomes model.json, `weights` becomes weights.safetensors. */
export interface SavedModel {
  /** The model as plain data. */
  readonly json: ModelData;
  /** A safetensors file: a tensor for each parameter and each tensor of the state, by its name. */
  readonly weights: Uint8Array;
}

/** A model with its weights and its state. */
export type Restored = Trained & Required<Pick<Trained, "s">>;

/**
 * A model and its weights as plain data and bytes. Throws a TypeError for a model that JSON cannot hold, and a RangeError if the
 * vectors do not have the model's length.
 */
export function packModel(trained: Trained, registry: Registry = builtIn): SavedModel {
  const { tensors, json } = toSave(trained, registry);
  return { json, weights: writeSafetensors(tensors, new Map([keptModel(json)])) };
}

/** The tensors and the JSON of a model to be saved. */
export function toSave(trained: Trained, registry: Registry): { readonly tensors: Tensor[]; readonly json: ModelData } {
  checkFits(trained);
  const { model, preprocessing } = trained;
  const json = modelToJson(model, registry);
  const tensors = [...tensorsOf(trained), ...whiteningTensors(preprocessing, trained.w)];
  return { tensors, json: preprocessing === undefined ? json : { ...json, preprocessing } };
}

/**
 * Throws a TypeError if model or vectors are missing, and for preprocessing of other inputs or outputs, and a RangeError if the
 * vectors do not have the model's length or hold a value that is not finite.
 */
export function checkFits({ model, w, s, preprocessing }: Trained): void {
  const tensors = tensorsOf(s === undefined ? { model, w } : { model, w, s });
  for (const { name, data } of tensors) {
    const at = Array.prototype.findIndex.call(data, (value) => !Number.isFinite(value));
    if (at >= 0)
      throw new RangeError(
        `${model.name}: ${name}[${at}] is ${data[at]}; all weights must be finite: take those from before training diverged`,
      );
  }
  if (preprocessing !== undefined)
    checkPreprocessing(preprocessing, { inputs: sizeOf(model.inputShape), outputs: outputSize(model) });
}

/**
 * Restores the model and its weights, bit for bit. Throws a TypeError or RangeError if `json` is not a model, and a
 * SafetensorsError if the weights cannot be read or belong to another model.
 */
export function unpackModel({ json, weights }: SavedModel, registry: Registry = builtIn): Restored {
  const modelFrom = { json, model: modelFromJson(json, { registry }) };
  return trainedFrom(
    () => modelFrom,
    (options) => readSafetensors(weights, options),
    "weights",
  );
}

/** The metadata key of the model that the weights belong to: any other model with the same shapes would accept them. */
const MODEL = "downhill.model";

/** The metadata of a file of weights. */
type Metadata = Header["metadata"];

/** The metadata entry for a model. */
export const keptModel = (json: ModelData): readonly [name: string, text: string] => [MODEL, JSON.stringify(json)];

/** The model that a file's metadata names; undefined if there is none, as in files of other programs. */
export function modelKept(metadata: Metadata, where: string): unknown {
  const text = metadata.get(MODEL);
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch (cause) {
    throw new SafetensorsError(where, `its metadata's model is not JSON: ${messageOf(cause)}`, DAMAGED, { cause });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function refuseAnother(json: unknown, metadata: Metadata, where: string): void {
  const kept = modelKept(metadata, where);
  if (kept === undefined || inOrder(kept) === inOrder(json)) return;
  const problem = "its weights belong to another model than the JSON beside them";
  throw new SafetensorsError(where, problem, "use two files of one save; a model that was edited must be saved again");
}

/** The part of a model that its weights depend on: everything but its name, with the fields in a fixed order. */
const inOrder = (json: unknown): string =>
  JSON.stringify(isOptions(json) ? { ...json, name: undefined } : json, (_, part: unknown) =>
    isOptions(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );

/** Throws a TypeError for anything but a model with its weights. `what`: the function that was called. */
export function checkTrained(what: string, trained: unknown): void {
  if (!(isOptions(trained) && "model" in trained && "w" in trained))
    throw new TypeError(
      `${what}: the net is ${quoteValue(trained)}; give a trained one, such as await fit({ … }), or ${EXAMPLE}`,
    );
  checkModel(`${what}: the model`, trained.model);
}

function checkModel(what: string, model: unknown): void {
  if (!isOptions(model) || !("forward" in model))
    throw new TypeError(`${what} is ${quoteValue(model)}; give one with its weights: ${EXAMPLE}`);
}

/** A tensor for each parameter and each tensor of the state. Throws a TypeError if the model or the vectors are missing. */
export function tensorsOf({ model, w, s = new Float32Array(0) }: Trained): Tensor[] {
  checkModel("the model", model);
  checkCount(`${model.name}: w`, w, parameterCount(model));
  checkCount(`${model.name}: the state`, s, stateCount(model));
  return [...cut(layoutOf(model), w), ...cut(stateLayoutOf(model), s)];
}

const EXAMPLE = "{ model, w: training.state.w, s: training.state.s }";

function checkCount(what: string, vector: unknown, count: number): void {
  if (!isVector(vector))
    throw new TypeError(`${what} is ${quoteValue(vector)}; give a Float32Array or Float64Array: ${EXAMPLE}`);
  const { length } = vector;
  if (length !== count) throw new RangeError(`${what} has ${length} values; the model has ${count}`);
}

const cut = (layout: Layout, vector: Vector): Tensor[] =>
  layout.map(({ name, shape, offset }) => ({
    ...{ name, shape, dtype: vector instanceof Float32Array ? "F32" : "F64" },
    data: vector.subarray(offset, offset + sizeOf(shape)),
  }));

/** A model, and its JSON. */
export interface ReadModel {
  readonly json: unknown;
  readonly model: Model;
}

/**
 * A model with the weights of a file, which must have exactly its tensors and must not name another model. That is checked before
 * any tensor is read.
 *
 * @param modelFrom the model for a file with this metadata
 * @param read reads the file that errors call `where`
 */
export function trainedFrom(
  modelFrom: (metadata: Metadata) => ReadModel,
  read: (options: ReadOptions) => Safetensors,
  where: string,
): Restored {
  const check = ({ tensors: stated, metadata }: Header): void => {
    const [{ json, model }, dtype] = [modelFrom(metadata), typeOf(stated)];
    const all = [...model.parameters, ...model.state, ...statedWhitening(json)];
    matchTensors(
      all.map(({ name, shape }) => ({ name, shape, dtype })),
      stated,
      where,
    );
    refuseAnother(json, metadata, where);
  };
  const { tensors, metadata } = read({ name: where, check });
  const { model, json } = modelFrom(metadata);
  const joined = (layout: Layout, length: number): Vector => {
    const vector = typeOf(tensors) === "F64" ? new Float64Array(length) : new Float32Array(length);
    for (const { name, offset } of layout) {
      const data = tensors.get(name)?.data;
      if (isVector(data)) vector.set(data, offset);
    }
    return vector;
  };
  const trained = {
    model,
    w: joined(layoutOf(model), parameterCount(model)),
    s: joined(stateLayoutOf(model), stateCount(model)),
    ...(isOptions(json) &&
      "preprocessing" in json && {
        preprocessing: withWhitening(checkPreprocessing(json.preprocessing), tensors, where),
      }),
  };
  checkFits(trained);
  return trained;
}

/** The type of all tensors together. */
const typeOf = (tensors: ReadonlyMap<string, { readonly dtype: string }>): "F64" | "F32" =>
  [...tensors.values()].some(({ dtype }) => dtype === "F64") ? "F64" : "F32";
