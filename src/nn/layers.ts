import type { Expr } from "../expr/node.ts";
import { add, matmul, mul, reshape } from "../expr/operators/index.ts";
import { checkOptions } from "../expr/options.ts";
import { type Shape, showShape, sizeOf } from "../expr/shape.ts";
import { type Activation, type ActivationName, activationOf } from "./activations.ts";
import { glorotUniform, heUniform, type Initializer, lecunNormal, zeros } from "./initializers.ts";

/** A tensor that training changes: its shape, and what it is at first. */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly initialize: Initializer;
}

/** What a layer may ask of the pass that it takes part in. */
export interface Pass {
  /** In training, dropout is on. */
  readonly training: boolean;
  /** A tensor of independent factors: 0 with probability `rate`, else 1/(1 − rate). Drawn anew for every batch. */
  mask(shape: Shape, rate: number): Expr;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Expr>>;

/** What comes out of a pass. */
export interface Passed {
  readonly outputs: Expr;
  /** The state after it, by name: new values after a pass of training, else the same. */
  readonly state: Tensors;
}

/** A layer for inputs of a known shape (without the batch axis). */
export interface Layer {
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
  /** Tensors that training changes without a gradient, such as running means. */
  readonly state: readonly Parameter[];
  forward(parameters: Tensors, state: Tensors, x: Expr, pass: Pass): Passed;
}

/** A layer before it knows what comes in; `name` tells its parameters from those of other layers. */
export type LayerBuilder = (inputShape: Shape, name: string) => Layer;

export interface DenseOptions {
  readonly activation?: ActivationName | Activation;
  readonly bias?: boolean;
  /** Default: He's for ReLU and its kin, LeCun's for SELU, Glorot's otherwise. */
  readonly weights?: Initializer;
}

/** x·W + b, then the activation: from [batch, inputs] to [batch, units]. */
export function dense(units: number, options: DenseOptions = {}): LayerBuilder {
  checkOptions("dense", options, ["activation", "bias", "weights"], 'dense(64, { activation: "relu" })');
  const { activation = "identity", bias = true } = options;
  const activate = activationOf(activation);
  return (inputShape, name) => {
    if (!Number.isSafeInteger(units) || units < 1)
      throw new RangeError(`dense: ${units} units; a whole number, 1 or more, is needed`);
    if (inputShape.length !== 1)
      throw new RangeError(`dense: inputs have shape ${showShape(inputShape)}; put flatten() before it`);
    const [weight, offset] = [`${name}_weight`, `${name}_bias`];
    return {
      outputShape: [units],
      parameters: [
        { name: weight, shape: [inputShape[0], units], initialize: options.weights ?? usualWeights(activation) },
        ...(bias ? [{ name: offset, shape: [units], initialize: zeros }] : []),
      ],
      state: [],
      forward: (w, state, x) => {
        const product = matmul(x, w[weight]);
        return { outputs: activate(bias ? add(product, w[offset]) : product), state };
      },
    };
  };
}

const usualWeights = (activation: ActivationName | Activation): Initializer =>
  typeof activation === "string" ? weightsBefore[activation] : glorotUniform;

/** Twice the variance before what lets about half of it through. SELU's fixed point is that of LeCun's normal weights. */
const weightsBefore: Readonly<Record<ActivationName, Initializer>> = {
  relu: heUniform,
  "leaky-relu": heUniform,
  gelu: heUniform,
  silu: heUniform,
  swish: heUniform,
  elu: heUniform,
  mish: heUniform,
  softplus: heUniform,
  selu: lecunNormal,
  tanh: glorotUniform,
  sigmoid: glorotUniform,
  identity: glorotUniform,
};

/** In training, each number is 0 with probability `rate`, and the others grow by 1/(1 − rate) (Srivastava et al. 2014). */
export const dropout =
  (rate: number): LayerBuilder =>
  (inputShape) => {
    if (!(rate >= 0 && rate < 1))
      throw new RangeError(`dropout: the rate is ${rate}; it must be from 0 to less than 1`);
    return {
      outputShape: inputShape,
      parameters: [],
      state: [],
      forward: (_, state, x, pass) => ({
        outputs: pass.training && rate > 0 ? mul(x, pass.mask(x.shape, rate)) : x,
        state,
      }),
    };
  };

/** All numbers of an example in one row. */
export const flatten = (): LayerBuilder => (inputShape) => ({
  outputShape: [sizeOf(inputShape)],
  parameters: [],
  state: [],
  forward: (_, state, x) => ({ outputs: reshape(x, [x.shape[0], -1]), state }),
});
