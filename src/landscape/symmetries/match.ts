import type { Vector } from "../../expr/index.ts";
import { assignment } from "../../linalg/index.ts";
import type { Model } from "../../nn/index.ts";
import { checkParameters } from "../checks/nets.ts";
import { type HiddenLayer, hiddenLayers } from "./hidden-layers.ts";
import { compose, moveUnits, type Rearrangement } from "./rearrange.ts";

/** A net whose units have been rearranged to bring it close to another net. */
export interface Match {
  /** One rearrangement for each hidden layer: `rearrange(model, w, layers)` gives this `w`. */
  readonly layers: readonly Required<Rearrangement>[];
  /** The rearranged parameters. */
  readonly w: Float64Array;
  /** ‖w − target‖₂ after rearranging. */
  readonly distance: number;
}

/**
 * Rearranges the hidden units of w to bring it close to `target` in parameter space, without changing what the net computes.
 * The distance depends on the rearrangement only through the inner product wᵀtarget, a sum over pairs of matched units: an
 * assignment problem for each hidden layer, solved exactly. With one hidden layer the result is the nearest of all
 * rearrangements. With more, each layer's similarities depend on its neighbours' order, so the layers are solved in turn
 * until none improves: a local optimum. Signs are flipped, too, if the activation is odd.
 * Ainsworth, Hayase & Srinivasa 2023, Git Re-Basin: merging models modulo permutation symmetries, section 3.2.
 *
 * Throws a TypeError for a model that is not a chain of dense layers, and a RangeError for weights that do not have its length or are not finite.
 */
export function matchUnits(model: Model, w: Vector, target: Vector): Match {
  const hidden = hiddenLayers(model);
  checkParameters(model, "w", w);
  checkParameters(model, "target", target);
  const layers = hidden.map(({ units }): Required<Rearrangement> => identityRearrangement(units));
  let moved: Float64Array = Float64Array.from(w);
  for (let unchanged = 0, at = 0; unchanged < hidden.length; at = (at + 1) % hidden.length) {
    const step = bestFor(model, hidden[at], moved, target);
    unchanged = step === undefined ? unchanged + 1 : 0;
    if (step === undefined) continue;
    moved = moveUnits(moved, hidden[at], step);
    layers[at] = compose(layers[at], step);
  }
  return { layers, w: moved, distance: distance(moved, target) };
}

const identityRearrangement = (units: number): Required<Rearrangement> => ({
  from: Array.from({ length: units }, (_, j) => j),
  signs: new Array<number>(units).fill(1),
});

/** The relative rounding error of similarities; an improvement must exceed it. */
const ROUNDING = 1e-12;

/** The rearrangement of one layer that brings w nearest to the target, with the others fixed; undefined if it is optimal. */
function bestFor(model: Model, layer: HiddenLayer, w: Float64Array, target: Vector): Rearrangement | undefined {
  const { units, odd } = layer;
  const similarity = similarities(layer, w, target);
  const found = assignment(
    similarity.map((x) => (odd ? -Math.abs(x) : -x)),
    units,
  );
  if (found === null)
    throw new RangeError(
      `${model.name}: w and target must hold finite numbers, small enough that their products are finite`,
    );
  let [now, size] = [0, 0];
  for (let j = 0; j < units; j++) {
    now += similarity[j * units + j];
    size += Math.abs(similarity[j * units + found.columns[j]]);
  }
  if (-found.total <= now + ROUNDING * size) return undefined;
  const from = [...found.columns];
  return { from, ...(odd ? { signs: from.map((unit, j) => (similarity[j * units + unit] < 0 ? -1 : 1)) } : {}) };
}

/** units × units: entry (j, i) is the inner product of the target's unit j and w's unit i over all their weights. */
function similarities({ units, incoming, outgoing }: HiddenLayer, w: Vector, target: Vector): Float64Array {
  const products = new Float64Array(units * units);
  const add = (ofTarget: number, ofW: number, step: number): void => {
    for (let j = 0; j < units; j++)
      for (let i = 0; i < units; i++) products[j * units + i] += target[ofTarget + j * step] * w[ofW + i * step];
  };
  for (let i = 0; i < incoming.inputs; i++) add(incoming.weights + i * units, incoming.weights + i * units, 1);
  if (incoming.biases !== undefined) add(incoming.biases, incoming.biases, 1);
  for (let k = 0; k < outgoing.units; k++) add(outgoing.weights + k, outgoing.weights + k, outgoing.units);
  return products;
}

/** ‖a − b‖₂. */
export function distance(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}
