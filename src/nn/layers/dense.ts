import { checkOptions } from "../../arguments/index.ts";
import type { Expr } from "../../expr/index.ts";
import { add, matmul } from "../../expr/operators/index.ts";
import { type Activation, type ActivationName, identity } from "../activations.ts";
import { biasOf } from "../bias.ts";
import { glorotUniform, type Initializer, type InitializerName } from "../initializers.ts";
import { type LayerBuilder, layer, type Tensors } from "../layer.ts";
import type { Written } from "../named.ts";

/** The parts of a dense layer besides its number of units. */
export interface DenseOptions {
  /**
   * A name, a name with settings such as `{ name: "leaky-relu", slope: 0.2 }`, or a function of your own. Default:
   * none.
   */
  readonly activation?: ActivationName | Activation | Written;
  /** Whether b is added. Default: true. */
  readonly bias?: boolean;
  /** The initializer of W. Default: He's for ReLU and its kin, LeCun's for SELU, Glorot's otherwise. */
  readonly weights?: InitializerName | Initializer | Written;
  /** The initializer of b. Default: zeros. */
  readonly biases?: InitializerName | Initializer | Written;
}

/** x·W + b, then the activation: from [batch, inputs] to [batch, units]. */
export const denseKind = layer({
  kind: "dense",
  title: "x·W + b, then an activation",
  options: ["units", "activation", "bias", "weights", "biases"],
  inputs: "row",
  outputs: "units",
  read: (given) => ({
    units: given.count("units"),
    activation: given.activation("activation", identity),
    bias: given.flag("bias", true),
    weights: given.initializer("weights"),
    biases: given.initializer("biases"),
  }),
  build: ({ units, activation, bias, weights = activation.weights ?? glorotUniform, biases }, [inputs]) => {
    const sums = (x: Expr, { weight, bias: b }: Tensors): Expr => {
      const product = matmul(x, weight);
      return bias ? add(product, b) : product;
    };
    return {
      outputShape: [units],
      parameters: {
        weight: { shape: [inputs, units], initialize: weights },
        ...biasOf("dense", { bias, biases }, [units]),
      },
      state: {},
      multiplyAdds: inputs * units,
      role: { kind: "dense", activation, sums },
      forward: (x, w) => activation(sums(x, w)),
    };
  },
});

/**
 * x·W + b, then the activation: from [batch, inputs] to [batch, units]. Throws a RangeError or TypeError for a value
 * that is not allowed.
 */
export function dense(units: number, options: DenseOptions = {}): LayerBuilder {
  checkOptions("dense", options, ["activation", "bias", "weights", "biases"], 'dense(64, { activation: "relu" })');
  return denseKind.with({ ...options, units });
}
