import { checkNumber, domains } from "../../../arguments/index.ts";
import { zeros } from "../../array.ts";
import { apply, type Expr, type Operand, type Operator } from "../../node.ts";
import { checkShape, type Shape, sameShape, showShape, sizeOf } from "../../shape.ts";
import { binding, bracket, callTex } from "../../tex.ts";
import { alike } from "../elementwise.ts";
import { convolveNodes, imageNodes, kernelNodes } from "./convolution-nodes.ts";
import {
  attributesOf,
  type Convolution,
  eachRun,
  type WindowOptions,
  type Windows,
  windowCounts,
  windowsOf,
} from "./geometry.ts";

/** How kernels are laid over images, and which channels each sees. */
export interface ConvolutionOptions extends WindowOptions {
  /** Channels are divided into this many groups, each with its own kernels. Default 1. */
  readonly groups?: number;
}

/**
 * The convolution of images with kernels, as nets have it (a cross-correlation: the kernel is not flipped):
 * y[n, o, i, j] = Σ over c, k, l of x[n, c, i·stride + k·dilation − padding, …]·w[o, c, k, l], with zeros outside the image.
 *
 * @param images [batch, channels, height, width]
 * @param kernels [outputs, channels / groups, height, width]
 * @returns [batch, outputs, …, …], whose lengths are ⌊(length + padding − extent of the kernel) / stride⌋ + 1
 * @throws RangeError if the shapes or settings do not fit
 */
export function conv2d(images: Operand, kernels: Operand, options: ConvolutionOptions = {}): Expr {
  const [x, w] = alike([images, kernels]);
  checkRank("conv2d", x.shape, w.shape);
  const [outputs, channels] = w.shape;
  const { groups = 1 } = options;
  checkNumber("conv2d: groups", groups, domains.count);
  if (x.shape[1] !== channels * groups || outputs % groups !== 0)
    throw new RangeError(
      `conv2d: images of ${x.shape[1]} channels in ${groups} groups do not fit kernels of shape ${showShape(w.shape)}; they need ${channels * groups} channels, and a multiple of ${groups} kernels`,
    );
  return convolve(convolutionOf("conv2d", w.shape, options), x, w);
}

/**
 * The derivative of a convolution with respect to its images, which is linear in both arguments (also called transposed
 * convolution): each value of `outputs` is spread over the window that it came from.
 *
 * @param outputs [batch, outputs, …, …]: the derivative with respect to the convolution's result
 * @param kernels [outputs, channels / groups, height, width]
 * @param shape the images' shape, [batch, channels, height, width]
 * @throws RangeError if the shapes or settings do not fit
 */
export function conv2dImages(outputs: Operand, kernels: Operand, shape: Shape, options: ConvolutionOptions = {}): Expr {
  const [y, w] = alike([outputs, kernels]);
  checkRank("conv2dImages", y.shape, w.shape);
  return imagesFrom(convolutionOf("conv2dImages", w.shape, options), y, w, checkShape(shape));
}

/**
 * The derivative of a convolution with respect to its kernels, which is linear in both arguments.
 *
 * @param images [batch, channels, height, width]
 * @param outputs [batch, outputs, …, …]: the derivative with respect to the convolution's result
 * @param shape the kernels' shape, [outputs, channels / groups, height, width]
 * @throws RangeError if the shapes or settings do not fit
 */
export function conv2dKernels(images: Operand, outputs: Operand, shape: Shape, options: ConvolutionOptions = {}): Expr {
  const [x, y] = alike([images, outputs]);
  checkRank("conv2dKernels", x.shape, y.shape);
  checkRank("conv2dKernels", shape);
  return kernelsFrom(convolutionOf("conv2dKernels", checkShape(shape), options), x, y, shape);
}

const convolutionOf = (
  operator: string,
  kernels: Shape,
  { groups = 1, ...options }: ConvolutionOptions,
): Convolution => ({
  ...windowsOf(operator, [kernels[2], kernels[3]], options),
  groups,
});

function checkRank(operator: string, ...shapes: readonly Shape[]): void {
  const odd = shapes.find((shape) => shape.length !== 4);
  if (odd !== undefined)
    throw new RangeError(
      `${operator}: a tensor has shape ${showShape(odd)}; images are [batch, channels, height, width], kernels [outputs, channels / groups, height, width]`,
    );
}

/** The shape of the result. */
const outputShape = (operator: string, [batch, , ...image]: Shape, [outputs]: Shape, windows: Windows): Shape => [
  batch,
  outputs,
  ...windowCounts(operator, image, windows),
];

/** Throws a RangeError unless images, kernels and outputs belong together. */
function checkShapes(operator: string, { x, w, y }: Shapes, convolution: Convolution): void {
  const { groups } = convolution;
  const fits = x[1] === w[1] * groups && w[0] % groups === 0;
  if (fits && sameShape(y, outputShape(operator, x, w, convolution))) return;
  throw new RangeError(
    `${operator}: outputs of shape ${showShape(y)} are not those of images of shape ${showShape(x)} and kernels of shape ${showShape(w)} in ${groups} groups`,
  );
}

/** The shapes of images, kernels and outputs. */
export interface Shapes {
  readonly x: Shape;
  readonly w: Shape;
  readonly y: Shape;
}

// y, dx and dw are the three derivatives of one trilinear form, Σ y·(x ∗ w), so that each one's derivatives are the other two.

const convolve = (own: Convolution, x: Expr, w: Expr): Expr => apply(convolution(own), x, w);
const imagesFrom = (own: Convolution, y: Expr, w: Expr, shape: Shape): Expr => apply(toImages(own, shape), y, w);
const kernelsFrom = (own: Convolution, x: Expr, y: Expr, shape: Shape): Expr => apply(toKernels(own, shape), x, y);

const settings = (own: Convolution) => ({ ...attributesOf(own), groups: own.groups });

const convolution = (own: Convolution): Operator => ({
  name: "conv2d",
  attributes: settings(own),
  shape: ([x, w]) => outputShape("conv2d", x, w, own),
  evaluate: ([x, w], shape) => {
    const y = zeros(shape);
    eachProduct(own, { x: x.shape, w: w.shape, y: shape }, (xAt, wAt, yAt, count) => {
      const weight = w.data[wAt];
      for (let i = 0, at = xAt; i < count; i++, at += own.stride[1]) y.data[yAt + i] += x.data[at] * weight;
    });
    return y;
  },
  derivative: (i, d, { inputs: [x, w] }) =>
    i === 0 ? imagesFrom(own, d, w, x.shape) : kernelsFrom(own, x, d, w.shape),
  onnx: (graph, [x, w], node) => convolveNodes(graph, own, { x, w }, node),
  work: ({ inputs: [, w] }) => 2 * sizeOf(w.shape.slice(1)),
  lanes: null,
  tex: ([x, w]) => ({
    text: `${bracket(x, binding.product)} \\ast ${bracket(w, binding.sign)}`,
    binds: binding.product,
  }),
});

const toImages = (own: Convolution, shape: Shape): Operator => ({
  name: "conv2dImages",
  attributes: { ...settings(own), shape },
  shape: ([y, w]) => {
    checkShapes("conv2dImages", { x: shape, w, y }, own);
    return shape;
  },
  evaluate: ([y, w]) => {
    const x = zeros(shape);
    eachProduct(own, { x: shape, w: w.shape, y: y.shape }, (xAt, wAt, yAt, count) => {
      const weight = w.data[wAt];
      for (let i = 0, at = xAt; i < count; i++, at += own.stride[1]) x.data[at] += y.data[yAt + i] * weight;
    });
    return x;
  },
  derivative: (i, d, { inputs: [y, w] }) => (i === 0 ? convolve(own, d, w) : kernelsFrom(own, d, y, w.shape)),
  onnx: (graph, [y, w], node) => imageNodes(graph, own, { y, w }, node),
  work: ({ inputs: [y, w] }) => (2 * sizeOf(y.shape) * sizeOf(w.shape.slice(1))) / sizeOf(shape),
  lanes: null,
  tex: (inputs) => callTex("conv2dImages", inputs),
});

const toKernels = (own: Convolution, shape: Shape): Operator => ({
  name: "conv2dKernels",
  attributes: { ...settings(own), shape },
  shape: ([x, y]) => {
    checkShapes("conv2dKernels", { x, w: shape, y }, own);
    return shape;
  },
  evaluate: ([x, y]) => {
    const w = zeros(shape);
    eachProduct(own, { x: x.shape, w: shape, y: y.shape }, (xAt, wAt, yAt, count) => {
      let sum = 0;
      for (let i = 0, at = xAt; i < count; i++, at += own.stride[1]) sum += x.data[at] * y.data[yAt + i];
      w.data[wAt] += sum;
    });
    return w;
  },
  derivative: (i, d, { inputs: [x, y] }) => (i === 0 ? imagesFrom(own, y, d, x.shape) : convolve(own, x, d)),
  onnx: (graph, [x, y], node) => kernelNodes(graph, own, { x, y }, node),
  work: ({ inputs: [, y] }) => (2 * sizeOf(y.shape)) / shape[0],
  lanes: null,
  tex: (inputs) => callTex("conv2dKernels", inputs),
});

/**
 * Visits the products x·w·y of the trilinear form in runs along a row of outputs: the places of their first factors, and how many
 * there are. w stays the same, the place in y grows by 1, that in x by the stride along the width.
 */
function eachProduct(
  own: Convolution,
  { x, w, y }: Shapes,
  visit: (xAt: number, wAt: number, yAt: number, count: number) => void,
): void {
  const [batch, channels, ...image] = x;
  const [outputs, channelsOfGroup] = w;
  const outputsOfGroup = outputs / own.groups;
  const [sizes, counts] = [{ x: sizeOf(image), w: own.kernel[0] * own.kernel[1], y: y[2] * y[3] }, y.slice(2)];
  eachRun(image, counts, own, (element, imageAt, windowAt, count) => {
    for (let n = 0; n < batch; n++)
      for (let o = 0; o < outputs; o++) {
        const group = Math.floor(o / outputsOfGroup);
        const yAt = (n * outputs + o) * sizes.y + windowAt;
        for (let c = 0; c < channelsOfGroup; c++) {
          const xAt = (n * channels + group * channelsOfGroup + c) * sizes.x + imageAt;
          visit(xAt, (o * channelsOfGroup + c) * sizes.w + element, yAt, count);
        }
      }
  });
}
