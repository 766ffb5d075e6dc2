import { type NDArray, zeros } from "../../array.ts";
import { apply, constant, type Expr, lift, type Operand, type Operator } from "../../node.ts";
import { INDICES_OF_MAXIMA, int, ints, type OnnxGraph } from "../../onnx.ts";
import { type Shape, sameShape, showShape, sizeOf } from "../../shape.ts";
import { callTex } from "../../tex.ts";
import { div } from "../arithmetic.ts";
import { alike } from "../elementwise.ts";
import { reshape } from "../movement.ts";
import { mean } from "../reduction.ts";
import { conv2d } from "./convolution.ts";
import {
  attributesOf,
  eachRun,
  type Pair,
  type WindowOptions,
  type Windows,
  windowCounts,
  windowsOf,
} from "./geometry.ts";
import { pickNodes, placeNodes } from "./maxima-nodes.ts";

/** How windows of a pooling are laid over images. */
export interface PoolingOptions extends WindowOptions {
  /** The windows' height and width. */
  readonly kernel: Pair;
  /** Steps from one window to the next. Default: the window's own length, so that windows do not overlap. */
  readonly stride?: Pair;
}

/**
 * The largest value in each window, channel by channel; what is outside the image does not count.
 *
 * Its derivative goes to the first of equal maxima in reading order, and to NaN rather than to any number, as in PyTorch.
 *
 * @param images [batch, channels, height, width]
 * @returns [batch, channels, …, …], whose lengths are ⌊(length + padding − extent of the window) / stride⌋ + 1
 * @throws RangeError if a window does not fit, or lies outside the image altogether
 */
export function maxPool(images: Operand, options: PoolingOptions): Expr {
  const x = lift(images);
  return apply(pooling(windowsFor("maxPool", x.shape, options)), x);
}

/**
 * From a tensor like the images, the values at the places of `maxPool`'s maxima: linear in `values`, constant in `images`.
 *
 * @param images [batch, channels, height, width]
 * @param values the same
 * @returns [batch, channels, …, …], as `maxPool`
 */
export function atMaxima(images: Operand, values: Operand, options: PoolingOptions): Expr {
  const [x, v] = alike([images, values]);
  return fromMaxima(windowsFor("atMaxima", x.shape, options), x, v);
}

/**
 * Zeros like the images, with each of `outputs` added at the place of its window's maximum: the derivative of `maxPool`.
 *
 * @param images [batch, channels, height, width]
 * @param outputs [batch, channels, …, …], as `maxPool` gives them
 * @returns [batch, channels, height, width]
 */
export function toMaxima(images: Operand, outputs: Operand, options: PoolingOptions): Expr {
  const [x, d] = alike([images, outputs]);
  return ontoMaxima(windowsFor("toMaxima", x.shape, options), x, d);
}

/**
 * The mean of each window, channel by channel; what is outside the image does not count, unless `countPadding` is set: then it is 0.
 *
 * @param images [batch, channels, height, width]
 * @returns [batch, channels, …, …], as `maxPool`
 * @throws RangeError if a window does not fit, or lies outside the image altogether
 */
export function averagePool(images: Operand, options: PoolingOptions & { readonly countPadding?: boolean }): Expr {
  const x = lift(images);
  const windows = windowsFor("averagePool", x.shape, options);
  const [batch, channels, height, width] = x.shape;
  const counts = windowCounts("averagePool", [height, width], windows);
  const { kernel, stride } = windows;
  const isTiled = kernel.every(
    (length, axis) => length === stride[axis] && length * counts[axis] === x.shape[2 + axis],
  );
  if (isTiled && isPlain(windows))
    return mean(reshape(x, [batch, channels, counts[0], kernel[0], counts[1], kernel[1]]), { axes: [3, 5] });
  const planes = reshape(x, [batch * channels, 1, height, width]);
  const { before, after, dilation } = windows;
  const laid = { stride, padding: { before, after }, dilation };
  const ones = (shape: Shape): Expr => constant(new Float64Array(sizeOf(shape)).fill(1), x.dtype, shape);
  const sums = conv2d(planes, ones([1, 1, ...kernel]), laid);
  const elements = options.countPadding === true ? sizeOf(kernel) : inside(windows, [height, width], counts, x);
  return reshape(div(sums, elements), [batch, channels, ...counts]);
}

/** How many of each window's elements lie in the image: [windows along the height, windows along the width]. */
function inside(windows: Windows, image: Shape, counts: Shape, { dtype }: Expr): Expr {
  const elements = new Float64Array(sizeOf(counts));
  eachRun(image, counts, windows, (_, __, at, count) => {
    for (let i = 0; i < count; i++) elements[at + i]++;
  });
  return constant(elements, dtype, counts);
}

const isPlain = ({ before, after, dilation }: Windows): boolean =>
  [...before, ...after].every((n) => n === 0) && dilation.every((n) => n === 1);

/** Throws a RangeError for images of another shape, and where a window holds nothing of the image. */
function windowsFor(operator: string, images: Shape, { kernel, ...options }: PoolingOptions): Windows {
  if (images.length !== 4)
    throw new RangeError(
      `${operator}: the images have shape ${showShape(images)}; they must be [batch, channels, height, width]`,
    );
  const windows = windowsOf(operator, kernel, { stride: kernel, ...options });
  const image = images.slice(2);
  const counts = windowCounts(operator, image, windows);
  const reached = new Uint8Array(sizeOf(counts));
  eachRun(image, counts, windows, (_, __, at, count) => reached.fill(1, at, at + count));
  if (reached.includes(0))
    throw new RangeError(
      `${operator}: a window of ${windows.kernel[0]} × ${windows.kernel[1]} lies outside the image of ${image[0]} × ${image[1]}; take less padding than the window's length`,
    );
  return windows;
}

const fromMaxima = (own: Windows, x: Expr, values: Expr): Expr => apply(picking(own), x, values);
const ontoMaxima = (own: Windows, x: Expr, outputs: Expr): Expr => apply(placing(own), x, outputs);

const outputShape = (operator: string, [batch, channels, ...image]: Shape, windows: Windows): Shape => [
  batch,
  channels,
  ...windowCounts(operator, image, windows),
];

const pooling = (own: Windows): Operator => ({
  name: "maxPool",
  attributes: attributesOf(own),
  shape: ([x]) => outputShape("maxPool", x, own),
  evaluate: ([x], shape) => ({ shape, data: Float64Array.from(placesOfMaxima(x, shape, own), (at) => x.data[at]) }),
  derivative: (_, d, { inputs: [x] }) => ontoMaxima(own, x, d),
  onnx: (graph, [x]) => graph.node("MaxPool", [x], nodeSettings(own)),
  lanes: null,
  tex: (inputs) => callTex("maxPool", inputs),
});

const picking = (own: Windows): Operator => ({
  name: "atMaxima",
  attributes: attributesOf(own),
  shape: ([x, values]) => {
    if (!sameShape(x, values))
      throw new RangeError(`atMaxima: values of shape ${showShape(values)} for images of shape ${showShape(x)}`);
    return outputShape("atMaxima", x, own);
  },
  evaluate: ([x, values], shape) => ({
    shape,
    data: Float64Array.from(placesOfMaxima(x, shape, own), (at) => values.data[at]),
  }),
  derivative: (i, d, { inputs: [x] }) => (i === 0 ? null : ontoMaxima(own, x, d)),
  onnx: (graph, [x, values], { inputs, shape }) =>
    graph.lacks(INDICES_OF_MAXIMA)
      ? pickNodes(graph, own, { x, values }, inputs[0].shape, shape)
      : graph.node("Gather", [graph.node("Reshape", [values, graph.ints([-1])]), places(graph, x, own)]),
  lanes: null,
  tex: (inputs) => callTex("atMaxima", inputs),
});

const placing = (own: Windows): Operator => ({
  name: "toMaxima",
  attributes: attributesOf(own),
  shape: ([x, outputs]) => {
    const wanted = outputShape("toMaxima", x, own);
    if (!sameShape(outputs, wanted))
      throw new RangeError(
        `toMaxima: outputs of shape ${showShape(outputs)} for images of shape ${showShape(x)}; they must have shape ${showShape(wanted)}`,
      );
    return x;
  },
  evaluate: ([x, outputs]) => {
    const result = zeros(x.shape);
    for (const [i, at] of placesOfMaxima(x, outputs.shape, own).entries()) result.data[at] += outputs.data[i];
    return result;
  },
  derivative: (i, d, { inputs: [x] }) => (i === 0 ? null : fromMaxima(own, x, d)),
  onnx: (graph, [x, outputs], { inputs, shape }) => {
    if (graph.lacks(INDICES_OF_MAXIMA)) return placeNodes(graph, own, { x, d: outputs }, shape, inputs[1].shape);
    const flat = (name: string): string => graph.node("Reshape", [name, graph.ints([-1])]);
    const none = graph.node("Expand", [graph.number(0), graph.ints([sizeOf(shape)])]);
    const sums = graph.node("ScatterElements", [none, flat(places(graph, x, own)), flat(outputs)], {
      reduction: { string: "add" },
    });
    return graph.node("Reshape", [sums, graph.ints(shape)]);
  },
  lanes: null,
  tex: (inputs) => callTex("toMaxima", inputs),
});

const nodeSettings = ({ kernel, stride, dilation, before, after }: Windows) => ({
  kernel_shape: ints(kernel),
  strides: ints(stride),
  dilations: ints(dilation),
  pads: ints([...before, ...after]),
  storage_order: int(0),
});

/** The places of the maxima in the flat tensor, as indices. */
const places = (graph: OnnxGraph, x: string, own: Windows): string => graph.second("MaxPool", [x], nodeSettings(own));

/** For each window the place of its largest element, in reading order the first; a NaN counts as the largest. */
function placesOfMaxima(x: NDArray, outputs: Shape, windows: Windows): Int32Array {
  const [batch, channels, ...image] = x.shape;
  const counts = outputs.slice(2);
  const [imageSize, windowCount] = [sizeOf(image), sizeOf(counts)];
  const found = new Int32Array(batch * channels * windowCount).fill(-1);
  eachRun(image, counts, windows, (_, imageAt, windowAt, count) => {
    for (let plane = 0; plane < batch * channels; plane++)
      for (let i = 0; i < count; i++) {
        const [at, place] = [plane * windowCount + windowAt + i, plane * imageSize + imageAt + i * windows.stride[1]];
        const value = x.data[place];
        if (found[at] < 0 || value > x.data[found[at]] || Number.isNaN(value)) found[at] = place;
      }
  });
  return found;
}
