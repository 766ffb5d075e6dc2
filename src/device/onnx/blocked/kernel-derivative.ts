import { int, ints, type Shape, sizeOf } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";
import type { Laid } from "./geometry.ts";
import { padWith, reshaped, transposed } from "./movement.ts";

/** An image or a derivative in one of the two layouts. */
export interface Laying {
  readonly name: string;
  readonly isBlocked: boolean;
}

/** The shapes that belong to the derivative with respect to kernels. */
interface Shapes {
  /** [batch, channels, height, width] */
  readonly x: Shape;
  /** [batch, outputs, …, …] */
  readonly y: Shape;
  /** [outputs, channels, height, width] */
  readonly w: Shape;
}

/**
 * The derivative with respect to kernels as a convolution, too. Its images are the channels, and the images' channels the examples; its
 * kernels are the outputs' derivatives, as large as the outputs, so that the result has the kernels' rows and columns. A block's channels lie
 * side by side along the width of one image, and the kernels step over them: rows of the result are then long enough for the convolution's
 * inner loop. Each block of examples is a group by itself, small enough for the second-level cache; last, the groups are added.
 *
 * Blocked images must not be dilated along the width.
 */
export function kernelDerivative(
  graph: GraphBuilder,
  laid: Laid,
  { x, y }: { readonly x: Laying; readonly y: Laying },
  shapes: Shapes,
  b: number,
): string {
  const { stride, dilation } = laid;
  const [outputs, channels, ...kernel] = shapes.w;
  const groups = Math.ceil(shapes.x[0] / b);
  const lanes = x.isBlocked ? b : 1;
  const counts = shapes.y.slice(2);
  const images = x.isBlocked
    ? imagesOfBlocks(graph, x.name, shapes, laid, b)
    : imagesOfChannels(graph, x.name, shapes, laid, b);
  const sums = graph.internal("Conv", [images, exampleKernels(graph, y, shapes.y, b)], {
    ...{ kernel_shape: ints(counts), pads: ints([0, 0, 0, 0]), group: int(groups) },
    ...{ strides: ints(dilation), dilations: ints([stride[0], stride[1] * lanes]) },
  });
  const [planes, size, columns] = [channels / lanes, sizeOf(kernel), outputs / b];
  const grouped = reshaped(graph, sums, [planes, groups, columns * size * lanes * b]);
  const total = graph.node("ReduceSum", [grouped, graph.ints([1])], { keepdims: int(0) });
  const apart = reshaped(graph, total, [planes, columns, size, lanes, b]);
  return reshaped(graph, transposed(graph, apart, [1, 4, 0, 3, 2]), shapes.w);
}

/** How many rows and columns follow the images, so that the windows just fit; negative where no window reached the last. */
const after = ({ x, y, w }: Shapes, { stride, dilation, before }: Laid): number[] =>
  stride.map((step, axis) => {
    const reached = (y[2 + axis] - 1) * step + (w[2 + axis] - 1) * dilation[axis] + 1;
    return reached - before[axis] - x[2 + axis];
  });

/** From blocked images [channels / b, examples, height, width · b], the examples in blocks. */
function imagesOfBlocks(graph: GraphBuilder, x: string, shapes: Shapes, laid: Laid, b: number): string {
  const [batch, channels, height, width] = shapes.x;
  const [groups, columns, rest] = [Math.ceil(batch / b), channels / b, after(shapes, laid)];
  const all = padWith(graph, reshaped(graph, x, [batch, channels * height * width]), [0, 0], [groups * b - batch, 0]);
  const last = transposed(graph, reshaped(graph, all, [groups, b, channels * height * width]), [0, 2, 1]);
  const apart = reshaped(graph, last, [groups * columns, height, width, b * b]);
  const wide = padWith(graph, apart, [0, ...laid.before, 0], [0, ...rest, 0]);
  const [rows, places] = [height, width].map((length, axis) => length + laid.before[axis] + rest[axis]);
  const grouped = reshaped(graph, wide, [groups, columns, rows * places * b * b]);
  const first = columns === 1 ? grouped : transposed(graph, grouped, [1, 0, 2]);
  return reshaped(graph, first, [columns, groups * b, rows, places * b]);
}

/** From images in the usual layout [channels, examples, height, width], the examples in blocks. */
function imagesOfChannels(graph: GraphBuilder, x: string, shapes: Shapes, laid: Laid, b: number): string {
  const [batch, channels, ...image] = shapes.x;
  const [groups, rest] = [Math.ceil(batch / b), after(shapes, laid)];
  const wide = padWith(graph, x, [0, 0, ...laid.before], [groups * b - batch, 0, ...rest]);
  const padded = image.map((length, axis) => length + laid.before[axis] + rest[axis]);
  const last = transposed(graph, reshaped(graph, wide, [groups, b, channels * sizeOf(padded)]), [0, 2, 1]);
  const first = transposed(graph, reshaped(graph, last, [groups, channels, sizeOf(padded) * b]), [1, 0, 2]);
  return reshaped(graph, first, [channels, groups * b, ...padded]);
}

/** Derivatives as kernels for each block of examples: [examples / b, outputs / b, height, width, b of examples, b of outputs]. */
function exampleKernels(graph: GraphBuilder, y: Laying, [batch, outputs, ...counts]: Shape, b: number): string {
  const groups = Math.ceil(batch / b);
  const places = sizeOf(counts);
  const all = padWith(graph, reshaped(graph, y.name, [batch, outputs * places]), [0, 0], [groups * b - batch, 0]);
  const shape = [groups * outputs, b, ...counts];
  if (y.isBlocked) {
    const apart = reshaped(graph, all, [groups, b, (outputs / b) * places, b]);
    return reshaped(graph, transposed(graph, apart, [0, 2, 1, 3]), shape);
  }
  const last = transposed(graph, reshaped(graph, all, [groups, b, outputs * places]), [0, 2, 1]);
  const swapped = transposed(graph, reshaped(graph, last, [groups * (outputs / b), b, places * b]), [0, 2, 1]);
  return reshaped(graph, swapped, shape);
}
