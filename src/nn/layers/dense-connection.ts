import { sameShape, showShape } from "../../expr/index.ts";
import { concat } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import { chainOf, needOf } from "../layer-chain.ts";
import { nestedPlan } from "../nested-layers.ts";

/**
 * Layers whose outputs join their inputs: x and layers(x), one after the other along the first axis of an example, which for images is
 * the channels (Huang et al. 2017, eq. 2). The tensors are those of the layers, such as `layer1_weight`.
 */
export const denseConnectionKind = layer({
  kind: "dense-connection",
  title: "x and layers(x) side by side, as channels",
  options: ["layers"],
  outputs: null,
  read: (given) => ({ layers: given.layers("layers") }),
  inputs: ({ layers }) => needOf(layers),
  build: ({ layers }, inputShape) => {
    const chain = chainOf(inputShape, layers);
    const { outputShape } = chain;
    const [channels, ...rest] = inputShape;
    const [more, ...others] = outputShape;
    if (inputShape.length === 0 || outputShape.length !== inputShape.length || !sameShape(rest, others))
      throw new RangeError(
        `dense-connection: an example has shape ${showShape(inputShape)}, but the layers give ${showShape(outputShape)}; the shapes may differ in their first axis only: give layers that keep the others, such as convolutions with padding "same"`,
      );
    return nestedPlan([chain], [channels + more, ...rest], (x, [outputs]) => concat([x, outputs], { axis: 1 }));
  },
});

/**
 * Layers whose outputs join their inputs as further channels, as in DenseNet (Huang et al. 2017): from [batch, channels, …] to
 * [batch, channels + the layers' channels, …]. Throws a RangeError or TypeError for what is not allowed.
 */
export const denseConnection = (layers: readonly LayerBuilder[]): LayerBuilder => denseConnectionKind.with({ layers });
