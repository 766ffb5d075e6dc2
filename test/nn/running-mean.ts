import { add, mean, mul, sub } from "../../src/expr/index.ts";
import { initializers, layer } from "../../src/nn/index.ts";

/**
 * A kind of layer of one's own with a state: x − m + shift, m the batch's mean in training and the running mean
 * m ← (1 − rate)·m + rate·(the batch's mean) otherwise.
 */
export const centring = layer({
  kind: "centring",
  title: "x less its mean, and a shift",
  options: ["rate"],
  inputs: "row",
  outputs: null,
  read: (given) => ({ rate: given.fraction("rate", 0.1) }),
  build: ({ rate }, inputShape) => ({
    outputShape: inputShape,
    parameters: { shift: { shape: inputShape, initialize: initializers.zeros } },
    state: { mean: { shape: inputShape, initialize: initializers.zeros } },
    multiplyAdds: 0,
    role: { kind: "other" },
    forward: (x, { shift }, { training, state }) => {
      const ofBatch = mean(x, { axes: 0 });
      const used = training ? ofBatch : state.mean;
      const next = training ? add(mul(1 - rate, state.mean), mul(rate, ofBatch)) : state.mean;
      return { outputs: add(sub(x, used), shift), state: { mean: next } };
    },
  }),
});
