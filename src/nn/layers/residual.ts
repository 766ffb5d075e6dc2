import { checkOptions } from "../../arguments/index.ts";
import { type Shape, sameShape, showShape } from "../../expr/index.ts";
import { add } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import { chainOf, needOf } from "../layer-chain.ts";
import { nestedPlan } from "../nested-layers.ts";

/** The parts of a residual connection besides its layers. */
export interface ResidualOptions {
  /** The layers on the shortcut, where x has another shape than the layers give. Default: none, so that x itself is added. */
  readonly shortcut?: readonly LayerBuilder[];
}

/**
 * Layers with a connection past them: layers(x) + shortcut(x) (He et al. 2016a, eq. 1 and 2). What follows the sum, such as ReLU, is a
 * layer of its own. The tensors are those of the layers, such as `layer1_weight` and `shortcut1_weight`.
 */
export const residualKind = layer({
  kind: "residual",
  title: "layers(x) + shortcut(x); without a shortcut, layers(x) + x",
  options: ["layers", "shortcut"],
  outputs: null,
  read: (given) => ({ layers: given.layers("layers"), shortcut: given.layers("shortcut", []) }),
  inputs: ({ layers, shortcut }) => needOf([...layers, ...shortcut]),
  build: ({ layers, shortcut }, inputShape) => {
    const [main, past] = [chainOf(inputShape, layers), chainOf(inputShape, shortcut, "shortcut")];
    if (!sameShape(main.outputShape, past.outputShape))
      throw new RangeError(
        `residual: the layers give ${showShape(main.outputShape)} for an example, but the shortcut ${showShape(past.outputShape)}; ${advice(inputShape, main.outputShape)}`,
      );
    return nestedPlan([main, past], main.outputShape, (_, [a, b]) => add(a, b));
  },
});

/** A shortcut that would fit. */
function advice(from: Shape, to: Shape): string {
  const stride = Math.ceil(from[1] / to[1]);
  if (from.length === 3 && to.length === 3 && sameShape(to.slice(1), strided(from, stride)))
    return `give a shortcut of the same shape, such as the 1 × 1 convolution conv2d(${to[0]}, 1, { stride: ${stride} })`;
  return `give a shortcut of the same shape${to.length === 1 && from.length === 1 ? `, such as dense(${to[0]})` : ", or layers that keep the shape"}`;
}

const strided = ([, ...image]: Shape, stride: number): Shape => image.map((length) => Math.ceil(length / stride));

/**
 * Layers with a connection past them: layers(x) + shortcut(x), or layers(x) + x without a shortcut (He et al. 2016a). Throws a RangeError
 * or TypeError for what is not allowed; that the shapes agree is checked when the net is built.
 *
 *     residual([conv2d(16, 3, { padding: "same" }), batchNorm(), activation("relu"), conv2d(16, 3, { padding: "same" })])
 */
export function residual(layers: readonly LayerBuilder[], options: ResidualOptions = {}): LayerBuilder {
  checkOptions("residual", options, ["shortcut"], "residual(layers, { shortcut: [conv2d(32, 1)] })");
  return residualKind.with({ ...options, layers });
}
