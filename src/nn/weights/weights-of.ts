import { checkNumber, checkOptions, cut, quote, someOf, whole } from "../../arguments/index.ts";
import { type Layout, sizeOf, type Vector } from "../../expr/index.ts";
import { DataError, setting } from "../../files/index.ts";
import { type Difference, differenceWords, MismatchError, nonFinite } from "../../files/safetensors/index.ts";
import {
  initialize,
  initializeState,
  layoutOf,
  type Model,
  parameterCount,
  stateCount,
  stateLayoutOf,
} from "../model.ts";
import type { Trained } from "../saved.ts";
import { type Alignment, align, type Pair } from "./align.ts";
import { type FoundTensors, foundInBytes } from "./found-tensors.ts";

/** How weights are taken from a file. */
export interface WeightsOptions {
  /** Takes the tensors that fit, and leaves the others as they are drawn. Default: all must fit, and no other may be there. */
  readonly partial?: boolean;
  /** Parameters and layers that are drawn anew in any case, such as a last layer for other classes. */
  readonly fresh?: readonly string[];
  /** Draws the weights that are not taken, as in training: a whole number. Default 1. */
  readonly seed?: number;
}

/** The weights of a model, with what was taken and what was not. */
export interface TakenWeights extends Trained {
  readonly s: Vector;
  /** Where they are from. */
  readonly from: string;
  /** Whether tensors belong together by their names, or by the order of their layers. */
  readonly by: "name" | "order";
  /** Whether matrices were stored as [outputs, inputs], as PyTorch stores them. */
  readonly transposed: boolean;
  /** The tensors that were taken, by the model's names. */
  readonly taken: readonly string[];
  /** The tensors that were drawn. */
  readonly drawn: readonly string[];
  /** What did not fit, with `partial`. */
  readonly differences: readonly Difference[];
}

/** The options by name. */
export const WEIGHTS_OPTIONS = ["partial", "fresh", "seed"];

/**
 * A model's weights from the bytes of a safetensors or an ONNX file. Tensors are matched by name (`layer1.weight` is layer1_weight) or,
 * where no name fits, by the order of the layers; matrices may be stored as [outputs, inputs], as PyTorch does. Values are taken bit
 * for bit; float16 and bfloat16 become float32.
 *
 *     const start = weightsOf(bytes, mlp([4, 16, 3]));
 *     for await (const event of train({ model: start.model, initial: start, … })) …
 *
 * @throws MismatchError with all differences if the tensors are not those of the model; DataError for other bytes, for tensors that cannot
 * be matched without doubt, and for values that are not finite; RangeError for an option that is not allowed
 */
export function weightsOf(
  bytes: Uint8Array,
  model: Model,
  { name = "weights", ...options }: WeightsOptions & { readonly name?: string } = {},
): TakenWeights {
  checkOptions("weightsOf", options, WEIGHTS_OPTIONS, "weightsOf(bytes, model, { partial: true })");
  return takeWeights(foundInBytes(bytes, name), model, options);
}

/** The same from tensors that have been read. */
export function takeWeights(found: FoundTensors, model: Model, options: WeightsOptions = {}): TakenWeights {
  const { partial = false, fresh = [], seed = 1 } = options;
  checkNumber("seed", seed, whole(0));
  const all = [...model.parameters, ...model.state];
  const isFresh = (name: string): boolean => fresh.some((each) => name === each || name.startsWith(`${each}_`));
  const aligned = align(all, found) ?? refuseUnclear(model, found);
  const differences = aligned.differences.filter(({ kind, name }) => kind === "extra" || !isFresh(name));
  const pairs = aligned.pairs.filter(({ to }) => !isFresh(to.name));
  if (differences.length > 0 && !partial) throw new MismatchError(found.where, differences, adviceFor(model));
  if (pairs.length === 0)
    throw new DataError(found.where, `no tensor fits ${cut(model.name)}: ${differenceWords(differences)}`, ADVICE);
  refuseNonFinite(pairs, found.where);
  return {
    ...filled(model, pairs, seed),
    ...told(
      all.map(({ name }) => name),
      aligned,
      pairs,
    ),
    from: found.where,
    differences,
  };
}

const ADVICE = "give the model that they were trained in, or start from random weights";

const adviceFor = ({ name }: Model): string =>
  `give the model that they belong to instead of ${cut(name)}, or take what fits: ${setting("--partial", "partial: true")}`;

function refuseUnclear(model: Model, { where, tensors }: FoundTensors): never {
  const shown = (all: readonly { readonly name: string; readonly shape: readonly number[] }[]): string =>
    someOf(all.map(({ name, shape }) => `${quote(name)} [${shape.join(", ")}]`));
  const has = tensors.length === 0 ? "none that could be weights of a layer" : shown(tensors);
  const problem = `it is not clear which tensors belong together: it has ${has}; ${cut(model.name)} has ${shown([...model.parameters, ...model.state])}`;
  throw new DataError(where, problem, "rename its tensors as the model's, and store matrices as [inputs, outputs]");
}

function refuseNonFinite(pairs: readonly Pair[], where: string): void {
  const [bad] = nonFinite(pairs.map(({ from }) => from));
  if (bad !== undefined)
    throw new DataError(where, `tensor ${quote(bad.name)} has values that are not finite`, "take other weights");
}

/** All vectors: drawn, and then the pairs' values. float64 if one of these is. */
function filled(model: Model, pairs: readonly Pair[], seed: number): Pick<TakenWeights, "model" | "w" | "s"> {
  const isDouble = pairs.some(({ from }) => from.data instanceof Float64Array);
  const vector = (length: number): Vector => (isDouble ? new Float64Array(length) : new Float32Array(length));
  const [w, s] = [vector(parameterCount(model)), vector(stateCount(model))];
  initialize(model, w, seed);
  initializeState(model, s, seed);
  const places = (layout: Layout, to: Vector): void => {
    for (const { name, shape, offset } of layout) {
      const pair = pairs.find((each) => each.to.name === name);
      if (pair !== undefined) to.subarray(offset, offset + sizeOf(shape)).set(valuesOf(pair));
    }
  };
  places(layoutOf(model), w);
  places(stateLayoutOf(model), s);
  return { model, w, s };
}

/** A pair's values in the model's order. */
function valuesOf({ from, isTransposed }: Pair): ArrayLike<number> {
  const { data, shape } = from;
  if (!isTransposed) return data;
  const [outputs, inputs] = shape;
  return Float64Array.from(data, (_, i) => data[(i % outputs) * inputs + Math.floor(i / outputs)]);
}

function told(
  names: readonly string[],
  { by }: Alignment,
  pairs: readonly Pair[],
): Pick<TakenWeights, "by" | "transposed" | "taken" | "drawn"> {
  const taken = pairs.map(({ to }) => to.name);
  return {
    by,
    transposed: pairs.some(({ isTransposed }) => isTransposed),
    taken,
    drawn: names.filter((name) => !taken.includes(name)),
  };
}
