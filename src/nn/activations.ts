import type { Expr } from "../expr/index.ts";
import { div, erfc, expm1, greater, mul, neg, relu, sigmoid, softplus, tanh, where } from "../expr/operators/index.ts";
import { glorotUniform, heUniform, type Initializer, lecunNormal } from "./initializers.ts";
import { family, type Member } from "./named.ts";

/** An element-wise nonlinearity. */
export interface Activation extends Member<Activation> {
  (x: Expr): Expr;
  /** The default initializer for the weights before it. */
  readonly weights?: Initializer;
}

/** Makes a built-in activation, which names its default initializer. */
const activation = (weights: Initializer, f: (x: Expr) => Expr): Activation => Object.assign(f, { weights });

// He's weights have twice the variance before what lets about half of it through. SELU's fixed point is that of LeCun's.

const leakyRelus = family({ slope: 0.01 }, ({ slope }) =>
  activation(heUniform, (x) => where(greater(x, 0), x, mul(slope, x))),
);
/** x where it is positive, slope·x elsewhere (Maas, Hannun & Ng 2013). Default slope: 0.01. */
export const leakyRelu = (slope = 0.01): Activation => leakyRelus.make({ slope });

/** x·Φ(x) with Φ(x) = ½·erfc(−x/√2), the normal distribution function (Hendrycks & Gimpel 2016), exact and not by tanh. */
export const gelu = activation(heUniform, (x) => mul(mul(0.5, x), erfc(neg(div(x, Math.SQRT2)))));

/** x·σ(x) (Elfwing, Uchibe & Doya 2018), also known as swish (Ramachandran, Zoph & Le 2017). */
export const silu = activation(heUniform, (x) => mul(x, sigmoid(x)));

const elus = family({ alpha: 1 }, ({ alpha }) =>
  activation(heUniform, (x) => where(greater(x, 0), x, mul(alpha, expm1(x)))),
);
/** x where it is positive, α(eˣ − 1) elsewhere (Clevert, Unterthiner & Hochreiter 2016). Default α: 1. */
export const elu = (alpha = 1): Activation => elus.make({ alpha });

/** λ·elu(x) with α and λ such that mean 0 and variance 1 persist through layers (Klambauer et al. 2017, eq. 2 and 14). */
export const selu = activation(lecunNormal, (x) => mul(1.0507009873554805, elu(1.6732632423543772)(x)));

/** x·tanh(log(1 + eˣ)) (Misra 2020). */
export const mish = activation(heUniform, (x) => mul(x, tanh(softplus(x))));

export const identity = activation(glorotUniform, (x) => x);

/** The built-in activations by the names that the command line and saved models use. */
export const activations = {
  relu: activation(heUniform, (x) => relu(x)),
  "leaky-relu": leakyRelu(),
  tanh: activation(glorotUniform, (x) => tanh(x)),
  sigmoid: activation(glorotUniform, (x) => sigmoid(x)),
  softplus: activation(heUniform, (x) => softplus(x)),
  gelu,
  silu,
  swish: silu,
  elu: elu(),
  selu,
  mish,
  identity,
} as const satisfies Readonly<Record<string, Activation>>;

/** The name of a built-in activation, such as "relu". */
export type ActivationName = keyof typeof activations;

const isName = (name: string): name is ActivationName => Object.hasOwn(activations, name);
/** The names of all built-in activations, for help and completion. */
export const activationNames: readonly ActivationName[] = Object.keys(activations).filter(isName);
