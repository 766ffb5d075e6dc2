import type { Shape } from "../expr/index.ts";
import { type Initializer, zeros } from "./initializers.ts";
import type { Tensor } from "./layer.ts";

/** How a layer adds biases. */
interface BiasOptions {
  readonly bias: boolean;
  readonly biases: Initializer | undefined;
}

/** The layer's tensor `bias`, if it has one. Throws a RangeError for an initializer of biases that the layer does not have. */
export function biasOf(kind: string, { bias, biases }: BiasOptions, shape: Shape): Readonly<Record<string, Tensor>> {
  if (bias) return { bias: { shape, initialize: biases ?? zeros } };
  if (biases === undefined) return {};
  throw new RangeError(`${kind}: biases is given, but bias is false; leave one of the two out`);
}
