import { input, type Vector } from "../expr/index.ts";
import { type DensePlace, denseChain, type Model, parameterCount } from "../nn/index.ts";
import { parityOf } from "./parity.ts";

/**
 * A hidden layer of a net. Unit j is column j of the incoming weights, bias j, and row j of the outgoing weights: where
 * these change places together, the net computes the same.
 */
export interface HiddenLayer {
  readonly units: number;
  /** The layer that the units are the outputs of. */
  readonly incoming: DensePlace;
  /** The layer that the units are the inputs of. */
  readonly outgoing: DensePlace;
  /** φ(−s) = −φ(s), as for tanh: then a unit's numbers can change their signs together, too. */
  readonly odd: boolean;
}

/** The hidden layers of a chain of dense layers, from the inputs on. Throws a TypeError where a model is none. */
export function hiddenLayers(model: Model): HiddenLayer[] {
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
 * In how many places of parameter space the cost of any net with distinct units is found again: n! orders of each
 * hidden layer of n units, times 2ⁿ signs where its activation is odd.
 * Hecht-Nielsen 1990, On the algebraic structure of feedforward network weight spaces; that for tanh there are no more:
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

/** Throws a RangeError where a vector does not hold the model's parameters. */
export function checkParameters(model: Model, what: string, w: Vector): void {
  const count = parameterCount(model);
  if (w.length !== count)
    throw new RangeError(`${model.name}: ${what} has ${w.length} numbers; the model has ${count} parameters`);
}
