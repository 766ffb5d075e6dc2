import type { Application } from "../../node.ts";
import { int, ints, type OnnxGraph } from "../../onnx.ts";
import type { Shape } from "../../shape.ts";
import { convNode, convTransposeNode } from "./conv-node.ts";
import type { Convolution } from "./geometry.ts";

/**
 * How convolutions become ONNX nodes. ONNX Runtime has Conv and ConvTranspose in float32 only, and no operator for the derivative with
 * respect to the kernels: what lacks is a sum over the kernel's elements, a matrix product for each.
 */

interface Names {
  /** Images. */
  readonly x: string;
  /** Kernels. */
  readonly w: string;
  /** Outputs. */
  readonly y: string;
}

/** The nodes of `conv2d`. */
export function convolveNodes(
  graph: OnnxGraph,
  own: Convolution,
  { x, w }: Pick<Names, "x" | "w">,
  { dtype, inputs, shape }: Application,
): string {
  if (dtype === "f32")
    return convNode(graph, own, {
      images: x,
      kernels: w,
      channels: inputs[0].shape[1],
      outputs: shape[1],
      before: own.before,
      after: own.after,
    });
  const padded = pad(graph, x, own.before, own.after);
  const kernels = elementsOf(graph, w, own, inputs[1].shape);
  return sumOfProducts(graph, own, { images: padded, channels: inputs[0].shape[1], shape }, kernels);
}

/** The nodes of `conv2dImages`. */
export function imageNodes(
  graph: OnnxGraph,
  own: Convolution,
  { y, w }: Pick<Names, "y" | "w">,
  { dtype, inputs, shape }: Application,
): string {
  const [outputs, kernels] = inputs.map((input) => input.shape);
  const [before, after] = borders(own, outputs, shape);
  if (dtype === "f32") {
    // Measured: faster than ConvTranspose, which can take any stride and padding.
    if (own.stride.every((step) => step === 1) && [...before, ...after].every((n) => n >= 0))
      return convNode(graph, own, {
        images: y,
        kernels: flipped(graph, w, own, kernels),
        channels: outputs[1],
        outputs: shape[1],
        before,
        after,
      });
    const counts = { channels: outputs[1], outputs: shape[1] };
    const convolved = { images: y, kernels: w, ...counts, before: own.before, after: own.after };
    return convTransposeNode(graph, own, convolved, left(own, outputs, shape));
  }
  const spread = pad(graph, spreadOut(graph, y, outputs, own), before, after);
  const elements = elementsOf(graph, w, own, kernels, { reversed: true });
  return sumOfProducts(graph, { ...own, stride: [1, 1] }, { images: spread, channels: outputs[1], shape }, elements);
}

/** The nodes of `conv2dKernels`. */
export function kernelNodes(
  graph: OnnxGraph,
  own: Convolution,
  { x, y }: Pick<Names, "x" | "y">,
  { inputs, shape }: Application,
): string {
  const { groups } = own;
  const [images, [batch, outputs, ...counts]] = inputs.map((input) => input.shape);
  const places = counts[0] * counts[1];
  const padded = pad(graph, x, own.before, own.after);
  const slopes = graph.node("Reshape", [y, graph.ints([batch, groups, outputs / groups, places])]);
  const perElement = elements(own).map((element) => {
    const patches = graph.node("Reshape", [
      patchesAt(graph, padded, own, element, counts),
      graph.ints([batch, groups, images[1] / groups, places]),
    ]);
    const product = graph.node("MatMul", [slopes, graph.node("Transpose", [patches], { perm: ints([0, 1, 3, 2]) })]);
    const sum = graph.node("ReduceSum", [product, graph.ints([0])], { keepdims: int(0) });
    return graph.node("Reshape", [sum, graph.ints([...shape.slice(0, 2), 1])]);
  });
  const joined = perElement.length === 1 ? perElement[0] : graph.node("Concat", perElement, { axis: int(2) });
  return graph.node("Reshape", [joined, graph.ints(shape)]);
}

type Element = readonly [row: number, column: number];

/** The elements of a kernel, row by row. */
const elements = ({ kernel: [rows, columns] }: Convolution): Element[] =>
  Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns] as const);

/** The rows and columns that a transposed convolution adds below and to the right: those that no window reached. */
const left = ({ kernel, stride, dilation, before, after }: Convolution, outputs: Shape, images: Shape): number[] =>
  stride.map((step, axis) => {
    const reached = (outputs[2 + axis] - 1) * step + (kernel[axis] - 1) * dilation[axis] + 1;
    return images[2 + axis] + before[axis] + after[axis] - reached;
  });

/** The zeros around outputs, spread by the stride, from which a convolution with the flipped kernels gives images; or rows to cut. */
function borders(own: Convolution, outputs: Shape, images: Shape): [before: number[], after: number[]] {
  const { kernel, stride, dilation } = own;
  const before = own.before.map((n, axis) => (kernel[axis] - 1) * dilation[axis] - n);
  const after = before.map((n, axis) => {
    const extent = (kernel[axis] - 1) * dilation[axis];
    return images[2 + axis] + extent - n - ((outputs[2 + axis] - 1) * stride[axis] + 1);
  });
  return [before, after];
}

/** Zeros around images [batch, channels, height, width]; negative numbers cut. */
function pad(graph: OnnxGraph, images: string, before: readonly number[], after: readonly number[]): string {
  if ([...before, ...after].every((n) => n === 0)) return images;
  return graph.node("Pad", [images, graph.ints([0, 0, ...before, 0, 0, ...after])]);
}

/** Zeros between rows and columns, so that they are a stride apart. */
function spreadOut(
  graph: OnnxGraph,
  y: string,
  [batch, channels, rows, columns]: Shape,
  { stride }: Convolution,
): string {
  if (stride.every((step) => step === 1)) return y;
  const apart = graph.node("Reshape", [y, graph.ints([batch, channels, rows, 1, columns, 1])]);
  const spread = graph.node("Pad", [apart, graph.ints([0, 0, 0, 0, 0, 0, 0, 0, 0, stride[0] - 1, 0, stride[1] - 1])]);
  const whole = graph.node("Reshape", [spread, graph.ints([batch, channels, rows * stride[0], columns * stride[1]])]);
  const ends = [(rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1];
  return graph.node("Slice", [whole, graph.ints([0, 0]), graph.ints(ends), graph.ints([2, 3])]);
}

/** Kernels for the way back: turned by 180°, and with inputs and outputs of each group exchanged. */
function flipped(graph: OnnxGraph, w: string, { groups, kernel }: Convolution, [outputs, channels]: Shape): string {
  const exchanged =
    groups === 1
      ? graph.node("Transpose", [w], { perm: ints([1, 0, 2, 3]) })
      : graph.node("Reshape", [
          graph.node(
            "Transpose",
            [graph.node("Reshape", [w, graph.ints([groups, outputs / groups, channels, ...kernel])])],
            {
              perm: ints([0, 2, 1, 3, 4]),
            },
          ),
          graph.ints([groups * channels, outputs / groups, ...kernel]),
        ]);
  if (kernel.every((length) => length === 1)) return exchanged;
  const beyond = -Number.MAX_SAFE_INTEGER;
  const every = [-1, -1];
  return graph.node("Slice", [exchanged, ...[every, [beyond, beyond], [2, 3], every].map((list) => graph.ints(list))]);
}

/** For each element of the kernels a matrix for each group: [groups, outputs, inputs]; transposed and in reverse for the way back. */
function elementsOf(
  graph: OnnxGraph,
  w: string,
  { groups, kernel }: Convolution,
  [outputs, channels]: Shape,
  { reversed = false } = {},
): string[] {
  const count = kernel[0] * kernel[1];
  const own = graph.node("Reshape", [w, graph.ints([groups, outputs / groups, channels, count])]);
  const first = graph.node("Transpose", [own], { perm: ints(reversed ? [3, 0, 2, 1] : [3, 0, 1, 2]) });
  const shape = reversed ? [groups, channels, outputs / groups] : [groups, outputs / groups, channels];
  const matrices = Array.from({ length: count }, (_, i) =>
    graph.node("Reshape", [
      graph.node("Slice", [first, graph.ints([i]), graph.ints([i + 1]), graph.ints([0])]),
      graph.ints(shape),
    ]),
  );
  return reversed ? matrices.reverse() : matrices;
}

/** The image elements under one element of the kernel, in all windows: [batch, channels, …counts]. */
function patchesAt(
  graph: OnnxGraph,
  images: string,
  { stride, dilation }: Convolution,
  element: Element,
  counts: readonly number[],
): string {
  const starts = element.map((at, axis) => at * dilation[axis]);
  const ends = starts.map((start, axis) => start + (counts[axis] - 1) * stride[axis] + 1);
  return graph.node("Slice", [images, ...[starts, ends, [2, 3], stride].map((list) => graph.ints(list))]);
}

interface Sum {
  /** Padded images. */
  readonly images: string;
  readonly channels: number;
  /** The result's shape. */
  readonly shape: Shape;
}

/** The sum over the kernel's elements of a matrix for each times the image elements under it. */
function sumOfProducts(
  graph: OnnxGraph,
  own: Convolution,
  { images, channels, shape }: Sum,
  matrices: readonly string[],
): string {
  const [batch, , ...counts] = shape;
  const [groups, places] = [own.groups, counts[0] * counts[1]];
  const parts = elements(own).map((element, i) => {
    const patches = patchesAt(graph, images, own, element, counts);
    const columns = graph.node("Reshape", [patches, graph.ints([batch, groups, channels / groups, places])]);
    return graph.node("MatMul", [matrices[i], columns]);
  });
  return graph.node("Reshape", [parts.reduce((sum, part) => graph.node("Add", [sum, part])), graph.ints(shape)]);
}
