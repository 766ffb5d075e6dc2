import { type Application, type Attribute, type Expr, type Shape, sizeOf } from "../../../expr/index.ts";

/** A length along the height and one along the width. */
export type Two = readonly [height: number, width: number];

/** How windows, or kernels over groups of channels, lie over images. */
export interface Laid {
  readonly kernel: Two;
  readonly stride: Two;
  readonly dilation: Two;
  readonly before: Two;
  readonly after: Two;
  readonly groups: number;
}

/** The settings of a convolution or a pooling. */
export function laidOf({ operator: { attributes } }: Application): Laid {
  const { kernel, stride, dilation, before, after, groups } = attributes;
  const two = (given: Attribute): Two => (typeof given === "object" ? [given[0], given[1]] : [1, 1]);
  return {
    ...{ kernel: two(kernel), stride: two(stride), dilation: two(dilation), before: two(before), after: two(after) },
    groups: typeof groups === "number" ? groups : 1,
  };
}

/** Whether images of this shape divide into blocks of channels. */
export const divides = ({ shape, dtype }: Expr, block: number): boolean =>
  dtype === "f32" && shape.length === 4 && shape[1] % block === 0 && sizeOf(shape) > 0;

/** [batch, channels / block, height, width, block]: how a blocked tensor lies in memory. */
export const inBlocks = ([batch, channels, height, width]: Shape, block: number): Shape => [
  batch,
  channels / block,
  height,
  width,
  block,
];

/** A shape of at most four axes with ones before it, so that there are four. */
export const fourAxes = (shape: Shape): Shape => [...Array<number>(4 - shape.length).fill(1), ...shape];

/** Whether a tensor has one value for each of these channels, as it broadcasts to images. */
export function isPerChannel({ shape }: Expr, channels: number): boolean {
  if (shape.length > 4 || sizeOf(shape) !== channels) return false;
  return fourAxes(shape)[1] === channels;
}
