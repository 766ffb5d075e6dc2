import { checkChoice, checkNumber, checkOptions, whole } from "../../arguments/index.ts";
import { sizeOf, type Vector } from "../../expr/index.ts";
import { type Filter, type FilteredTensor, filteredTensors, filtersOf, layoutOf, type Model } from "../../nn/index.ts";
import { Random } from "../../random/index.ts";
import { checkModel, checkParameters } from "../checks/nets.ts";
import { checkFloat64 } from "../checks/vectors.ts";
import { type Direction, direction } from "./direction.ts";

/** How a random direction is scaled to the weights; `gaussian`: not at all. */
export type RandomKind = (typeof randomKinds)[number];

const randomKinds = ["filter", "layer", "gaussian"] as const;

/** Which random direction of a seed. */
export interface DrawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** The number of the direction: 0, the default, for x, 1 for y, and so on. */
  readonly index?: number;
}

/**
 * A random direction: each element is drawn from a standard normal distribution, then scaled to the weights.
 *
 * - `filter`: dⱼ ← dⱼ·‖wⱼ‖/‖dⱼ‖ for each filter j: an output channel of a convolution, a unit of a dense layer, a row of an embedding.
 *   Biases, and scales and offsets of normalisation, stay as they are: 0. So the slice of a net does not change if its filters are
 *   scaled and a normalisation makes up for that. Li, Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural
 *   nets, section 4.
 * - `layer`: the same with a tensor's weights as one.
 * - `gaussian`: as it is drawn, biases and normalisation included.
 *
 * The draws of a tensor are a function of seed, index and the tensor's name: they depend neither on other tensors nor on earlier draws.
 * Throws a TypeError for anything but a model, its weights and options, and a RangeError for a w that does not have the model's length or is not
 * finite, for an unknown kind, for a seed or index that is no whole number, 0 or more, and if no weight can be moved.
 */
export function randomDirection(model: Model, w: Vector, kind: RandomKind, options: DrawOptions = {}): Direction {
  checkWeights("randomDirection", model, w);
  checkChoice("randomDirection: kind", kind, randomKinds);
  checkOptions("randomDirection", options, ["seed", "index"], "randomDirection(model, w, kind, { seed: 1, index: 0 })");
  const { seed = 1, index = 0 } = options;
  checkNumber("randomDirection: seed", seed, whole(0));
  checkNumber("randomDirection: index", index, whole(0));
  const random = new Random(seed, "landscape").fork(index);
  const d = new Float64Array(w.length);
  for (const { name, offset, shape } of layoutOf(model))
    draw(d.subarray(offset, offset + sizeOf(shape)), random.fork(name));
  const scaled = kind === "gaussian" ? d : scaledByParts(model, w, d, kind);
  return direction(scaled, { kind, label: labels[kind] }, "the net has no weights other than 0 that could be moved");
}

/**
 * Any direction, scaled to the weights filter by filter or layer by layer, with 0 for biases and normalisation; see `randomDirection`. Throws a
 * RangeError for a w or d that does not have the model's length or is not finite, and for another kind.
 *
 * @param d an element for each parameter
 */
export function scaledLike(model: Model, w: Vector, d: Float64Array, kind: "filter" | "layer"): Float64Array {
  checkWeights("scaledLike", model, w);
  checkParameters(model, "the direction", d);
  checkFloat64("scaledLike: the direction", d);
  checkChoice("scaledLike: kind", kind, ["filter", "layer"]);
  return scaledByParts(model, w, d, kind);
}

function checkWeights(what: string, model: Model, w: Vector): void {
  checkModel(what, model);
  checkParameters(model, "w", w);
}

function scaledByParts(model: Model, w: Vector, d: Float64Array, kind: "filter" | "layer"): Float64Array {
  const scaled = new Float64Array(d.length);
  for (const tensor of filteredTensors(model)) for (const part of partsOf(tensor, kind)) scaleLike(part, w, d, scaled);
  return scaled;
}

const labels: Readonly<Record<RandomKind, string>> = {
  filter: "random, each filter as long as the net's",
  layer: "random, each layer as long as the net's",
  gaussian: "random, standard normal",
};

/** What is scaled as one. */
function partsOf(tensor: FilteredTensor, kind: "filter" | "layer"): Filter[] {
  if (tensor.axis === undefined) return [];
  const size = sizeOf(tensor.shape);
  return kind === "layer" ? [{ begin: tensor.offset, rows: 1, stride: size, length: size }] : filtersOf(tensor);
}

function draw(to: Float64Array, random: Random): void {
  for (let i = 0; i < to.length; i++) to[i] = random.normal();
}

/** scaled ← d·‖w‖/‖d‖ over the part's elements. */
function scaleLike(part: Filter, w: Vector, d: Float64Array, scaled: Float64Array): void {
  const [own, wanted] = [lengthOf(d, part), lengthOf(w, part)];
  const factor = own > 0 ? wanted / own : 0;
  forEach(part, (i) => {
    scaled[i] = d[i] * factor;
  });
}

function lengthOf(vector: Vector, part: Filter): number {
  let sum = 0;
  forEach(part, (i) => {
    sum += vector[i] ** 2;
  });
  return Math.sqrt(sum);
}

function forEach({ begin, rows, stride, length }: Filter, act: (i: number) => void): void {
  for (let row = 0; row < rows; row++)
    for (let i = begin + row * stride; i < begin + row * stride + length; i++) act(i);
}
