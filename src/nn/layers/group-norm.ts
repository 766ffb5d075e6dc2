import { checkOptions } from "../../arguments/index.ts";
import { sizeOf } from "../../expr/index.ts";
import { add, mul, reshape } from "../../expr/operators/index.ts";
import { checkGroups, normalizeGroups } from "../group-normalization.ts";
import { constant, zeros } from "../initializers.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import type { NormOptions } from "./layer-norm.ts";

/**
 * Group normalisation (Wu & He 2018, eq. 1 and 2): weight·(x − μ)/√(σ² + eps) + bias, with μ and σ² those of a group of channels of an
 * example, so that it does not depend on the batch. As many groups as channels are instance normalisation (Ulyanov et al. 2016). The
 * tensors `weight` and `bias` have a value for each channel, the first axis of an example.
 */
export const groupNormKind = layer({
  kind: "group-norm",
  title: "weight·(x − mean)/√(variance + eps) + bias by groups of channels",
  options: ["groups", "eps"],
  inputs: "any shape",
  outputs: null,
  read: (given) => ({ groups: given.count("groups"), eps: given.number("eps", 1e-5) }),
  build: ({ groups, eps }, inputShape) => {
    const [channels = 1, ...rest] = inputShape;
    if (channels % groups !== 0)
      throw new RangeError(
        `group-norm: ${channels} channels do not divide into ${groups} groups; take a number of groups that divides them`,
      );
    checkGroups("group-norm", inputShape, groups, eps);
    const wide = [channels, ...rest.map(() => 1)];
    return {
      outputShape: inputShape,
      parameters: {
        weight: { shape: [channels], initialize: constant(1) },
        bias: { shape: [channels], initialize: zeros },
      },
      state: {},
      multiplyAdds: sizeOf(inputShape),
      role: { kind: "normalization" },
      forward: (x, { weight, bias }) =>
        add(mul(normalizeGroups(x, groups, eps), reshape(weight, wide)), reshape(bias, wide)),
    };
  },
});

/**
 * Group normalisation: channels are divided into this many groups, each normalised within an example. Throws a RangeError or TypeError for
 * a value that is not allowed.
 */
export function groupNorm(groups: number, options: NormOptions = {}): LayerBuilder {
  checkOptions("groupNorm", options, ["eps"], "groupNorm(8, { eps: 1e-6 })");
  return groupNormKind.with({ ...options, groups });
}
