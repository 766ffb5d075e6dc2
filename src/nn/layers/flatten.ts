import { sizeOf } from "../../expr/index.ts";
import { reshape } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** All numbers of an example in one row. */
export const flattenKind = layer({
  kind: "flatten",
  title: "all numbers of an example in one row",
  options: [],
  inputs: "any shape",
  outputs: null,
  read: () => ({}),
  build: (_, inputShape) => ({
    outputShape: [sizeOf(inputShape)],
    parameters: {},
    state: {},
    multiplyAdds: 0,
    role: { kind: "identity" },
    forward: (x) => reshape(x, [x.shape[0], -1]),
  }),
});

/** All numbers of an example in one row. */
export const flatten = (): LayerBuilder => flattenKind.with({});
