import type { Expr, Operand } from "../expr/node.ts";
import { add, div, erf, greater, mul, relu, sigmoid, softplus, tanh, where } from "../expr/operators/index.ts";

/** An element-wise nonlinearity. */
export type Activation = (x: Expr) => Expr;

/** x where it is positive, slope·x elsewhere (Maas, Hannun & Ng 2013). */
export const leakyRelu =
  (slope = 0.01): Activation =>
  (x) =>
    where(greater(x, 0), x, mul(slope, x));

/** x·Φ(x), Φ the normal distribution function (Hendrycks & Gimpel 2016), exact and not by tanh. */
export const gelu: Activation = (x) => mul(mul(0.5, x), add(1, erf(div(x, Math.SQRT2))));

/** x·σ(x) (Elfwing, Uchibe & Doya 2018). */
export const silu: Activation = (x) => mul(x, sigmoid(x));

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
  identity,
} as const;

export type ActivationName = keyof typeof activations;
