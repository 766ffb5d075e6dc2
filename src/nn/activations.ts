import { unknownName } from "../expr/nearest.ts";
import type { Expr, Operand } from "../expr/node.ts";
import { div, erfc, expm1, greater, mul, neg, relu, sigmoid, softplus, tanh, where } from "../expr/operators/index.ts";
import { quoteValue } from "../expr/quote.ts";

/** An element-wise nonlinearity. */
export type Activation = (x: Expr) => Expr;

/** x where it is positive, slope·x elsewhere (Maas, Hannun & Ng 2013). */
export const leakyRelu =
  (slope = 0.01): Activation =>
  (x) =>
    where(greater(x, 0), x, mul(slope, x));

/** x·Φ(x) with Φ(x) = ½·erfc(−x/√2), the normal distribution function (Hendrycks & Gimpel 2016), exact and not by tanh. */
export const gelu: Activation = (x) => mul(mul(0.5, x), erfc(neg(div(x, Math.SQRT2))));

/** x·σ(x) (Elfwing, Uchibe & Doya 2018), also known as swish (Ramachandran, Zoph & Le 2017). */
export const silu: Activation = (x) => mul(x, sigmoid(x));

/** x where it is positive, α(eˣ − 1) elsewhere (Clevert, Unterthiner & Hochreiter 2016). */
export const elu =
  (alpha = 1): Activation =>
  (x) =>
    where(greater(x, 0), x, mul(alpha, expm1(x)));

/** λ·elu(x) with α and λ such that mean 0 and variance 1 persist through layers (Klambauer et al. 2017, eq. 2 and 14). */
export const selu: Activation = (x) => mul(1.0507009873554805, elu(1.6732632423543772)(x));

/** x·tanh(log(1 + eˣ)) (Misra 2020). */
export const mish: Activation = (x) => mul(x, tanh(softplus(x)));

export const identity: Activation = (x) => x;

/** By name, as the command line and saved configurations write them. */
export const activations = {
  relu: (x: Operand) => relu(x),
  "leaky-relu": leakyRelu(),
  tanh: (x: Operand) => tanh(x),
  sigmoid: (x: Operand) => sigmoid(x),
  softplus: (x: Operand) => softplus(x),
  gelu,
  silu,
  swish: silu,
  elu: elu(),
  selu,
  mish,
  identity,
} as const;

export type ActivationName = keyof typeof activations;

const isName = (name: string): name is ActivationName => Object.hasOwn(activations, name);
export const activationNames: readonly ActivationName[] = Object.keys(activations).filter(isName);

/** The activation itself. Throws for what is neither a name that is known nor a function. */
export function activationOf(given: ActivationName | Activation): Activation {
  if (typeof given === "function") return given;
  if (typeof given !== "string")
    throw new TypeError(
      `activation is ${quoteValue(given)}; give a name, such as "relu", or a function of an expression`,
    );
  if (!isName(given)) throw new RangeError(unknownName("activation", given, activationNames));
  return activations[given];
}
