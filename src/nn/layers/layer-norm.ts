import { checkOptions } from "../../arguments/index.ts";
import { sizeOf } from "../../expr/index.ts";
import { add, mul } from "../../expr/operators/index.ts";
import { checkGroups, normalizeGroups } from "../group-normalization.ts";
import { constant, zeros } from "../initializers.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** The settings of layer and group normalisation. */
export interface NormOptions {
  /** Is added to the variance. Default: 1e-5. */
  readonly eps?: number;
}

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016, eq. 3 and 4): weight·(x − μ)/√(σ² + eps) + bias, with μ and σ² those of all values of an
 * example, so that it is the same in training and outside. The tensors `weight` and `bias` have the shape of an example, as in PyTorch's
 * LayerNorm over all of its axes.
 */
export const layerNormKind = layer({
  kind: "layer-norm",
  title: "weight·(x − mean)/√(variance + eps) + bias by example",
  options: ["eps"],
  inputs: "passed on",
  outputs: null,
  read: (given) => ({ eps: given.number("eps", 1e-5) }),
  build: ({ eps }, inputShape) => {
    checkGroups("layer-norm", inputShape, 1, eps);
    return {
      outputShape: inputShape,
      parameters: {
        weight: { shape: inputShape, initialize: constant(1) },
        bias: { shape: inputShape, initialize: zeros },
      },
      state: {},
      multiplyAdds: sizeOf(inputShape),
      role: { kind: "normalization" },
      forward: (x, { weight, bias }) => add(mul(normalizeGroups(x, 1, eps), weight), bias),
    };
  },
});

/** Layer normalisation, over all values of an example. Throws a RangeError or TypeError for a value that is not allowed. */
export function layerNorm(options: NormOptions = {}): LayerBuilder {
  checkOptions("layerNorm", options, ["eps"], "layerNorm({ eps: 1e-6 })");
  return layerNormKind.with(options);
}
