import { mul } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** In training, sets each element to 0 with probability `rate`, and scales the others by 1/(1 − rate) (Srivastava et al. 2014). */
export const dropoutKind = layer({
  kind: "dropout",
  title: "sets random elements to 0 in training",
  options: ["rate"],
  inputs: "passed on",
  outputs: null,
  read: (given) => ({ rate: given.fraction("rate") }),
  build: ({ rate }, inputShape) => ({
    outputShape: inputShape,
    parameters: {},
    state: {},
    multiplyAdds: 0,
    role: { kind: "identity" },
    forward: (x, _, pass) => (pass.training && rate > 0 ? mul(x, pass.mask(x.shape, rate)) : x),
  }),
});

/**
 * In training, sets each element to 0 with probability `rate`, and scales the others by 1/(1 − rate) (Srivastava et al.
 * 2014). Throws a RangeError for a rate outside [0, 1).
 */
export const dropout = (rate: number): LayerBuilder => dropoutKind.with({ rate });
