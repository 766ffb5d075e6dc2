import { checkList, isListOfNumbers, isOptions, quoteList, quoteValue } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { Model } from "../../nn/index.ts";
import type { Random } from "../../random/index.ts";
import { checkParameters } from "../checks/nets.ts";
import { type HiddenLayer, hiddenLayers } from "./hidden-layers.ts";

/** A new order, and signs, for the units of a hidden layer. */
export interface Rearrangement {
  /** New unit j is old unit `from[j]`. */
  readonly from: readonly number[];
  /** −1 to flip the signs of a new unit's weights, else 1. Default: all 1. */
  readonly signs?: readonly number[];
}

/**
 * The parameters of the same net with its hidden units in another order and with other signs: column `from[j]` of the
 * incoming weights, its bias and row `from[j]` of the outgoing weights move to index j, times `signs[j]`. Takes one
 * rearrangement for each hidden layer; returns a new float64 vector. Throws a TypeError if the model is not a chain of dense
 * layers, a RangeError if a rearrangement does not fit.
 */
export function rearrange(model: Model, w: Vector, layers: readonly Rearrangement[]): Float64Array {
  const hidden = hiddenLayers(model);
  checkParameters(model, "w", w);
  checkList(`${model.name}: the rearrangements`, layers, "[{ from: [1, 0] }]");
  if (layers.length !== hidden.length)
    throw new RangeError(
      `${model.name}: ${layers.length} rearrangements were given for ${hidden.length} hidden layers; give one for each`,
    );
  for (const [i, layer] of hidden.entries())
    checkRearrangement(`${model.name}, hidden layer ${i + 1}`, layer, layers[i]);
  return hidden.reduce<Float64Array>((moved, layer, i) => moveUnits(moved, layer, layers[i]), Float64Array.from(w));
}

/** `rearrange` for one layer, unchecked. */
export function moveUnits(
  w: Float64Array,
  { units, incoming, outgoing }: HiddenLayer,
  { from, signs }: Rearrangement,
): Float64Array {
  const moved = w.slice();
  for (let j = 0; j < units; j++) {
    const [old, sign] = [from[j], signs?.[j] ?? 1];
    for (let i = 0; i < incoming.inputs; i++) {
      const row = incoming.weights + i * units;
      moved[row + j] = sign * w[row + old];
    }
    if (incoming.biases !== undefined) moved[incoming.biases + j] = sign * w[incoming.biases + old];
    const [to, was] = [j, old].map((unit) => outgoing.weights + unit * outgoing.units);
    for (let k = 0; k < outgoing.units; k++) moved[to + k] = sign * w[was + k];
  }
  return moved;
}

/**
 * Draws a rearrangement of each hidden layer, all equally likely; with random signs if the activation is odd. Throws a TypeError if the
 * model is not a chain of dense layers.
 */
export function drawRearrangements(model: Model, random: Random): Rearrangement[] {
  const hidden = hiddenLayers(model);
  if (!(isOptions(random) && "permutation" in random))
    throw new TypeError(`drawRearrangements: random is ${quoteValue(random)}; give a generator: new Random(1)`);
  return hidden.map(({ units, odd }) => {
    const from = [...random.permutation(units)];
    return odd ? { from, signs: from.map(() => (random.uniform() < 0.5 ? -1 : 1)) } : { from };
  });
}

/** The rearrangement that does `first`, then `second`. */
export const compose = (first: Rearrangement, second: Rearrangement): Required<Rearrangement> => ({
  from: second.from.map((unit) => first.from[unit]),
  signs: second.from.map((unit, j) => (second.signs?.[j] ?? 1) * (first.signs?.[unit] ?? 1)),
});

function checkRearrangement(where: string, { units, odd }: HiddenLayer, given: Rearrangement): void {
  if (!(isOptions(given) && isListOfNumbers(given.from)))
    throw new TypeError(`${where}: the rearrangement is ${quoteValue(given)}; give { from }, a list of its units`);
  const { from, signs } = given;
  const sorted = [...from].sort((a, b) => a - b);
  if (from.length !== units || sorted.some((unit, j) => unit !== j))
    throw new RangeError(`${where}: from is ${quoteList(from)}; it must hold each unit from 0 to ${units - 1} once`);
  if (signs === undefined) return;
  if (!isListOfNumbers(signs) || signs.length !== units || signs.some((sign) => Math.abs(sign) !== 1))
    throw new RangeError(`${where}: signs is ${quoteValue(signs)}; ${units} numbers are needed, each 1 or −1`);
  if (!odd && signs.includes(-1))
    throw new RangeError(
      `${where}: signs flips a unit, but the activation is not odd, so the net would compute something else; leave signs out`,
    );
}
