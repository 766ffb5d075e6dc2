import { checkOptions } from "../../arguments/index.ts";
import { type Expr, type Shape, sizeOf, withDerivatives } from "../../expr/index.ts";
import { add, div, mean, mul, pow, reshape, sqrt, sub, sum } from "../../expr/operators/index.ts";
import { constant, zeros } from "../initializers.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** The settings of batch normalisation. */
export interface BatchNormOptions {
  /** How much each batch moves the running mean and variance: running ← (1 − rate)·running + rate·batch. Default: 0.1, as in PyTorch. */
  readonly rate?: number;
  /** Is added to the variance. Default: 1e-5. */
  readonly eps?: number;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015, algorithm 1): weight·(x − μ)/√(σ² + eps) + bias, channel by channel for images, else
 * value by value. In training μ and σ² are the batch's; otherwise they are the running ones.
 *
 * The running variance is of the batch's unbiased variance, n/(n − 1)·σ², as in PyTorch. Training refuses batches of one value per
 * channel, which have none. The tensors are `weight` and `bias`, the state `running_mean` and `running_var`, as in PyTorch.
 */
export const batchNormKind = layer({
  kind: "batch-norm",
  title: "weight·(x − mean)/√(variance + eps) + bias by channel",
  options: ["rate", "eps"],
  inputs: "any shape",
  outputs: null,
  read: (given) => ({ rate: given.fraction("rate", 0.1), eps: given.number("eps", 1e-5) }),
  build: ({ rate, eps }, inputShape) => {
    if (!(eps > 0)) throw new RangeError(`batch-norm: eps is ${eps}; it must be greater than 0, such as 1e-5`);
    const [channels, ...rest] = inputShape;
    const axes = [0, ...rest.map((_, axis) => 2 + axis)];
    const wide = (perChannel: Expr): Expr => reshape(perChannel, [channels, ...rest.map(() => 1)]);
    const one = { shape: [channels], initialize: constant(1) };
    const none = { shape: [channels], initialize: zeros };
    return {
      outputShape: inputShape,
      parameters: { weight: one, bias: none },
      state: { running_mean: none, running_var: one },
      multiplyAdds: sizeOf(inputShape),
      // The mean of one value is that value: all outputs would be the bias.
      leastBatch: sizeOf(rest) === 1 ? 2 : 1,
      role: { kind: "normalization", rate },
      forward: (x, { weight, bias }, { training, state }) => {
        const affine = (values: Expr, factor: Expr): Expr => add(mul(values, wide(factor)), wide(bias));
        const spread = (variance: Expr): Expr => sqrt(add(variance, eps));
        if (!training) return affine(sub(x, wide(state.running_mean)), div(weight, spread(state.running_var)));
        const n = valuesPerChannel(x.shape);
        const μ = mean(x, { axes });
        const centered = sub(x, wide(μ));
        const variance = mean(pow(centered, 2), { axes });
        const σ = spread(variance);
        const factor = div(weight, σ);
        // n and n − 1 stand by themselves, so that code in another language can count the examples.
        const unbiased = n > 1 ? div(mul(variance, n), n - 1) : variance;
        const moved = (running: Expr, batch: Expr): Expr => add(mul(1 - rate, running), mul(rate, batch));
        return {
          outputs: withDerivatives(affine(centered, factor), [x, weight, bias], backward),
          state: {
            running_mean: moved(state.running_mean, μ),
            running_var: moved(state.running_var, unbiased),
          },
        };

        // With y = factor·(x − μ) + bias: ∂x = factor·(d − mean(d) − (x − μ)/σ²·mean(d·(x − μ))), in few passes over memory.
        function backward(d: Expr): Expr[] {
          const [sumOfD, sumOfProducts] = [sum(d, { axes }), sum(mul(d, centered), { axes })];
          const slope = div(mul(factor, sumOfProducts), mul(-n, pow(σ, 2)));
          const constant = mul(factor, div(sumOfD, -n));
          const dx = add(add(mul(d, wide(factor)), mul(centered, wide(slope))), wide(constant));
          return [dx, div(sumOfProducts, σ), sumOfD];
        }
      },
    };
  },
});

/** n: the values that a channel's mean is over. */
const valuesPerChannel = ([batch, , ...image]: Shape): number => batch * sizeOf(image);

/** Batch normalisation. Throws a RangeError or TypeError for a value that is not allowed. */
export function batchNorm(options: BatchNormOptions = {}): LayerBuilder {
  checkOptions("batchNorm", options, ["rate", "eps"], "batchNorm({ rate: 0.1 })");
  return batchNormKind.with(options);
}
