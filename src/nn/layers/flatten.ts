import { sizeOf } from "../../expr/index.ts";
import { reshape } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** Turns an example of any shape into a vector. */
export const flattenKind = layer({
  kind: "flatten",
  title: "turns an example of any shape into a vector",
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

/** Turns an example of any shape into a vector. */
export const flatten = (): LayerBuilder => flattenKind.with({});
