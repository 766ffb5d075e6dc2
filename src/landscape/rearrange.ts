import { quoteList } from "../arguments/index.ts";
import type { Vector } from "../expr/index.ts";
import type { Model } from "../nn/index.ts";
import type { Random } from "../random/index.ts";
import { checkParameters, type HiddenLayer, hiddenLayers } from "./hidden-layers.ts";

/** What becomes of the units of a hidden layer. */
export interface Rearrangement {
  /** New unit j is old unit `from[j]`. */
  readonly from: readonly number[];
  /** −1 where the new unit's numbers have the other sign, else 1. Default: all 1. */
  readonly signs?: readonly number[];
}

/**
 * The parameters of the same net with its hidden units in another order, and of other signs: column `from[j]` of the
 * incoming weights, its bias and row `from[j]` of the outgoing weights go to place j, times `signs[j]`. One
 * rearrangement for each hidden layer; a new vector, float64. Throws a TypeError where the model is no chain of dense
 * layers, a RangeError where a rearrangement does not fit.
 */
export function rearrange(model: Model, w: Vector, layers: readonly Rearrangement[]): Float64Array {
  const hidden = hiddenLayers(model);
  checkParameters(model, "w", w);
  if (layers.length !== hidden.length)
    throw new RangeError(`${model.name}: ${layers.length} rearrangements for ${hidden.length} hidden layers`);
  for (const [i, layer] of hidden.entries()) check(`${model.name}, hidden layer ${i + 1}`, layer, layers[i]);
  return hidden.reduce<Float64Array>((moved, layer, i) => moveUnits(moved, layer, layers[i]), Float64Array.from(w));
}

/** The same for one layer, unchecked. */
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

/** A rearrangement of each hidden layer, all equally likely; signs are drawn where they can be turned. */
export const drawRearrangements = (model: Model, random: Random): Rearrangement[] =>
  hiddenLayers(model).map(({ units, odd }) => {
    const from = [...random.permutation(units)];
    return odd ? { from, signs: from.map(() => (random.uniform() < 0.5 ? -1 : 1)) } : { from };
  });

/** First one rearrangement, then another. */
export const compose = (first: Rearrangement, second: Rearrangement): Required<Rearrangement> => ({
  from: second.from.map((unit) => first.from[unit]),
  signs: second.from.map((unit, j) => (second.signs?.[j] ?? 1) * (first.signs?.[unit] ?? 1)),
});

function check(where: string, { units, odd }: HiddenLayer, { from, signs }: Rearrangement): void {
  const sorted = [...from].sort((a, b) => a - b);
  if (from.length !== units || sorted.some((unit, j) => unit !== j))
    throw new RangeError(`${where}: from is ${quoteList(from)}; each unit from 0 to ${units - 1} is needed once`);
  if (signs === undefined) return;
  if (signs.length !== units || signs.some((sign) => Math.abs(sign) !== 1))
    throw new RangeError(`${where}: signs are ${quoteList(signs)}; ${units} numbers are needed, each 1 or −1`);
  if (!odd && signs.includes(-1))
    throw new RangeError(
      `${where}: a sign is turned, but the activation is not odd: the net would compute something else`,
    );
}
