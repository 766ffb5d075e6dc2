import { quoteValue } from "../arguments/index.ts";
import { type Shape, showShape } from "../expr/index.ts";
import type { LayerData } from "./layer-data.ts";
import { isShape } from "./model.ts";

/** What a model's layers are made for. */
export interface Ends {
  /** The model's name, for messages. */
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  /** Outputs of the last layer; undefined: the data decide. */
  readonly classes: number | undefined;
}

/** Published models that differ in a few numbers, such as their depth: a file in this folder. */
export interface ModelFamily {
  /** The names that lists show. Others may fit the pattern. */
  readonly names: readonly string[];
  /** All names, in lower case. What it captures goes to `said`. */
  readonly pattern: RegExp;
  /** What it is, in a few words. */
  readonly title: string;
  /** The paper, and the code where the two differ. */
  readonly source: string;
  /** The shape of the examples that the paper trains on. */
  readonly inputShape: Shape;
  /** The options that a name says, from what the pattern captures. */
  said(parts: readonly (string | undefined)[]): object;
  /** The names of the options that may follow a name in a text, in their order. */
  readonly options: readonly string[];
  /** From inputs to outputs. Throws a RangeError or TypeError for options or a shape that does not fit. */
  layers(options: object, ends: Ends): LayerData[];
}

/**
 * The rows and columns of an image. Throws a RangeError that says what would fit if an example is no image, or one with fewer than
 * `least` rows or columns.
 */
export function imageSize({ name, inputShape }: Ends, least = 1): Shape {
  if (!isShape(inputShape))
    throw new TypeError(`${name}: inputShape is ${quoteValue(inputShape)}; give a list, such as [3, 32, 32]`);
  const needed = least > 1 ? ` of ${least} × ${least} or more` : "";
  if (inputShape.length !== 3)
    throw new RangeError(
      `${name} is for images${needed}, [channels, height, width], and an example has shape ${showShape(inputShape)}; give images, or take a model for vectors, such as mlp:64`,
    );
  const [, height, width] = inputShape;
  if (Math.min(height, width) < least)
    throw new RangeError(
      `${name} is for images${needed}, and these are ${height} × ${width}; give larger ones, or take fewer layers, such as conv2d:16:3:relu:padding=same,max-pool:2,flatten,dense`,
    );
  return [height, width];
}
