import { input } from "../../expr/index.ts";
import { type DensePlace, denseChain, type Model } from "../../nn/index.ts";
import { checkModel } from "../checks/nets.ts";
import { parityOf } from "./parity.ts";

/**
 * A hidden layer of a net. Unit j is column j of the incoming weights, bias j, and row j of the outgoing weights: if two
 * units swap all of these, the net computes the same.
 */
export interface HiddenLayer {
  /** The number of units. */
  readonly units: number;
  /** The dense layer whose outputs are the units. */
  readonly incoming: DensePlace;
  /** The dense layer whose inputs are the units. */
  readonly outgoing: DensePlace;
  /** φ(−s) = −φ(s), as for tanh: then flipping the signs of all of a unit's weights changes nothing, either. */
  readonly odd: boolean;
}

/** The hidden layers of a chain of dense layers, from the inputs on. Throws a TypeError for other models. */
export function hiddenLayers(model: Model): HiddenLayer[] {
  checkModel("hiddenLayers", model);
  const { layers, activations } = denseChain(model);
  const sum = input("sum");
  return activations.map((activation, i) => ({
    units: layers[i].units,
    incoming: layers[i],
    outgoing: layers[i + 1],
    odd: parityOf(activation(sum), sum) === "odd",
  }));
}

/**
 * The number of points in parameter space at which a net with distinct units has the same loss by symmetry: n! orders of
 * each hidden layer of n units, times 2ⁿ signs if its activation is odd.
 * Hecht-Nielsen 1990, On the algebraic structure of feedforward network weight spaces; for tanh there are no others:
 * Sussmann 1992, Uniqueness of the weights for minimal feedforward nets with a given input-output map.
 */
export const equalPoints = (model: Model): bigint =>
  hiddenLayers(model).reduce(
    (product, { units, odd }) => product * factorial(units) * (odd ? 2n ** BigInt(units) : 1n),
    1n,
  );

function factorial(n: number): bigint {
  let product = 1n;
  for (let k = 2n; k <= BigInt(n); k++) product *= k;
  return product;
}
