import { ints, type Shape, sizeOf } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";
import type { Laid, Two } from "./geometry.ts";

/**
 * Kernels [outputs, inputs, height, width] as the blocked convolution reads them: [outputs / b, inputs / b, height, width, b, b], the last
 * axis the outputs' own; with fewer inputs than a block [outputs / b, inputs, height, width, b].
 */
export function blockedKernels(graph: GraphBuilder, w: string, shape: Shape, block: number): string {
  const [outputs, inputs, ...kernel] = shape;
  const b = block;
  if (inputs < b) {
    const split = graph.node("Reshape", [w, graph.ints([outputs / b, b, inputs, ...kernel])]);
    return reshaped(graph, transposed(graph, split, [0, 2, 3, 4, 1]), shape);
  }
  const split = graph.node("Reshape", [w, graph.ints([outputs / b, b, inputs / b, b, ...kernel])]);
  return reshaped(graph, transposed(graph, split, [0, 2, 4, 5, 3, 1]), shape);
}

/** The same for the way back: turned by 180°, inputs and outputs exchanged. */
export function turnedKernels(graph: GraphBuilder, w: string, shape: Shape, block: number): string {
  const [outputs, inputs, ...kernel] = shape;
  const b = block;
  const split = graph.node("Reshape", [
    turned(graph, w, kernel),
    graph.ints([outputs / b, b, inputs / b, b, ...kernel]),
  ]);
  return reshaped(graph, transposed(graph, split, [2, 0, 4, 5, 1, 3]), [inputs, outputs, ...kernel]);
}

function turned(graph: GraphBuilder, w: string, kernel: Shape): string {
  if (kernel.every((length) => length === 1)) return w;
  const [every, beyond] = [-1, -Number.MAX_SAFE_INTEGER];
  const lists = [
    [every, every],
    [beyond, beyond],
    [2, 3],
    [every, every],
  ];
  return graph.node("Slice", [w, ...lists.map((list) => graph.ints(list))]);
}

/** Tensors for the derivative with respect to kernels. */
interface Parts {
  /** [batch, channels, height, width] */
  readonly x: Shape;
  /** [batch, outputs, …, …] */
  readonly y: Shape;
  /** [outputs, channels, height, width] */
  readonly w: Shape;
}

/** An image or a derivative in one of the two layouts. */
export interface Laying {
  readonly name: string;
  readonly isBlocked: boolean;
}

/**
 * The derivative with respect to kernels as a convolution, too: each channel is an image whose channels are the examples, and the
 * outputs' derivatives are kernels as large as the outputs, so that the result has the kernels' rows and columns. Each block of examples
 * is a group by itself, small enough for the second-level cache; then the groups are added.
 *
 * Measured against a slice and a matrix product for each element of the kernels: 2 to 3 times as fast.
 */
export function kernelDerivative(
  graph: GraphBuilder,
  laid: Laid,
  { x, y }: { readonly x: Laying; readonly y: Laying },
  shapes: Parts,
  b: number,
): string {
  const [outputs, channels, ...kernel] = shapes.w;
  const groups = Math.ceil(shapes.x[0] / b);
  const counts = shapes.y.slice(2);
  const padded = shapes.x.slice(2).map((length, axis) => laid.before[axis] + length + laid.after[axis]);
  const reached = padded.map((length, axis) => length - (counts[axis] - 1) * laid.stride[axis]);
  const images = exampleImages(graph, x, shapes.x, { laid, padded, b });
  const kernels = exampleKernels(graph, y, shapes.y, b);
  const sums = graph.internal("Conv", [images, kernels], {
    kernel_shape: ints(counts),
    ...{ strides: ints(laid.dilation), dilations: ints(laid.stride), pads: ints([0, 0, 0, 0]) },
    group: { int: groups },
  });
  const steps = reached.map((length, axis) => Math.floor((length - 1) / laid.dilation[axis]) + 1);
  const size = sizeOf(steps);
  const grouped = graph.node("Reshape", [sums, graph.ints([channels, groups, (outputs / b) * size * b])]);
  const total = graph.node("ReduceSum", [grouped, graph.ints([1])], { keepdims: { int: 0 } });
  const apart = graph.node("Reshape", [total, graph.ints([channels, outputs / b, size, b])]);
  const whole = reshaped(graph, transposed(graph, apart, [1, 3, 0, 2]), [outputs, channels, ...steps]);
  if (steps.every((length, axis) => length === kernel[axis])) return whole;
  return graph.node("Slice", [whole, graph.ints([0, 0]), graph.ints(kernel), graph.ints([2, 3])]);
}

interface Padded {
  readonly laid: Laid;
  readonly padded: Shape;
  readonly b: number;
}

/** Images padded, with channels and examples exchanged and the examples in blocks: [channels, examples / b, height, width, b]. */
function exampleImages(graph: GraphBuilder, x: Laying, shape: Shape, { laid, padded, b }: Padded): string {
  const [batch, channels, ...image] = shape;
  const groups = Math.ceil(batch / b);
  const [before, after] = [laid.before, laid.after];
  const more = groups * b - batch;
  if (x.isBlocked) {
    const all = padWith(graph, reshaped(graph, x.name, [batch, sizeOf(shape.slice(1))]), [0, 0], [more, 0]);
    const last = transposed(graph, reshaped(graph, all, [groups, b, sizeOf(shape.slice(1))]), [0, 2, 1]);
    const laidOut = reshaped(graph, last, [groups * (channels / b), ...image, b * b]);
    const wide = padWith(graph, laidOut, [0, ...before, 0], [0, ...after, 0]);
    const apart = reshaped(graph, wide, [groups, channels / b, sizeOf(padded), b, b]);
    return reshaped(graph, transposed(graph, apart, [1, 3, 0, 2, 4]), [channels, groups * b, ...padded]);
  }
  const wide = padWith(graph, x.name, [0, 0, ...before], [more, 0, ...after]);
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

/** Outputs with zeros between rows and columns, so that they are a stride apart; zeros also follow the last. */
export function spreadOut(graph: GraphBuilder, y: string, shape: Shape, { stride }: Laid, block: number): string {
  if (stride.every((step) => step === 1)) return y;
  const [batch, channels, rows, columns] = shape;
  const apart = reshaped(graph, y, [batch * (channels / block), rows, 1, columns, block]);
  const spread = padWith(graph, apart, [0, 0, 0, 0, 0], [0, 0, stride[0] - 1, 0, (stride[1] - 1) * block]);
  return reshaped(graph, spread, [batch, channels, rows * stride[0], columns * stride[1]]);
}

/** The zeros around outputs that were spread out, with which the turned kernels give the images. Negative: that does not go. */
export function bordersBack({ kernel, stride, dilation, before }: Laid, outputs: Shape, images: Shape): [Two, Two] {
  const both = [0, 1].map((axis) => {
    const extent = (kernel[axis] - 1) * dilation[axis];
    const first = extent - before[axis];
    return [first, images[2 + axis] + extent - first - outputs[2 + axis] * stride[axis]];
  });
  return [
    [both[0][0], both[1][0]],
    [both[0][1], both[1][1]],
  ];
}

const reshaped = (graph: GraphBuilder, name: string, shape: Shape): string =>
  graph.node("Reshape", [name, graph.ints(shape)]);

const transposed = (graph: GraphBuilder, name: string, axes: readonly number[]): string =>
  graph.node("Transpose", [name], { perm: ints(axes) });

function padWith(graph: GraphBuilder, name: string, before: readonly number[], after: readonly number[]): string {
  if ([...before, ...after].every((n) => n === 0)) return name;
  return graph.node("Pad", [name, graph.ints([...before, ...after])]);
}
