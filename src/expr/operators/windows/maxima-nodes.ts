import { int, type OnnxGraph } from "../../onnx.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Windows } from "./geometry.ts";

/**
 * The places of maxima without their indices: each element of a window is a strided slice of the images, and the place of the maximum is
 * the number of its element. What goes back is summed in a fixed order, so that it has the same bits each time.
 */

/** The nodes of `atMaxima`. `image` is [batch, channels, height, width], `outputs` the same of the result. */
export function pickNodes(
  graph: OnnxGraph,
  own: Windows,
  { x, values }: { readonly x: string; readonly values: string },
  image: Shape,
  outputs: Shape,
): string {
  const which = winners(graph, own, x, image, outputs);
  const candidates = windowElements(graph, own, padded(graph, own, values, image, outputs, 0), outputs);
  return candidates.reduce((picked, candidate, element) =>
    graph.node("Where", [isElement(graph, which, element), candidate, picked]),
  );
}

/** The nodes of `toMaxima`: `d` is like the result of `maxPool`, with the shape `outputs`. */
export function placeNodes(
  graph: OnnxGraph,
  own: Windows,
  { x, d }: { readonly x: string; readonly d: string },
  image: Shape,
  outputs: Shape,
): string {
  const which = winners(graph, own, x, image, outputs);
  const [rows, columns] = ([0, 1] as const).map((axis) => phasesOf(own, axis, image[2 + axis], outputs[2 + axis]));
  const share = (element: number): string =>
    graph.node("Where", [isElement(graph, which, element), d, graph.number(0)]);
  const phase = (row: Phase, column: Phase): string => {
    const parts = row.elements.flatMap((ky) =>
      column.elements.map((kx) => {
        const [top, left] = [shift(own, 0, ky), shift(own, 1, kx)];
        const [below, right] = [rows.length - outputs[2] - top, columns.length - outputs[3] - left];
        const part = share(ky * own.kernel[1] + kx);
        if ([top, left, below, right].every((n) => n === 0)) return part;
        return graph.node("Pad", [part, graph.ints([0, 0, top, left, 0, 0, below, right])]);
      }),
    );
    const shape = [...image.slice(0, 2), rows.length, columns.length];
    const sum =
      parts.length === 0
        ? graph.node("Expand", [graph.number(0), graph.ints(shape)])
        : parts.reduce((total, part) => graph.node("Add", [total, part]));
    return graph.node("Reshape", [sum, graph.ints([image[0], image[1], rows.length, 1, columns.length, 1])]);
  };
  const joined = rows.phases.map((row) =>
    concat(
      graph,
      columns.phases.map((column) => phase(row, column)),
      5,
    ),
  );
  const [height, width] = [rows.length * own.stride[0], columns.length * own.stride[1]];
  const whole = graph.node("Reshape", [concat(graph, joined, 3), graph.ints([image[0], image[1], height, width])]);
  const ends = own.before.map((n, axis) => n + image[2 + axis]);
  if (own.before.every((n) => n === 0) && height === image[2] && width === image[3]) return whole;
  return graph.node("Slice", [whole, graph.ints(own.before), graph.ints(ends), graph.ints([2, 3])]);
}

/** For each window the number of the element that is its maximum, in reading order the first. */
function winners(graph: OnnxGraph, own: Windows, x: string, image: Shape, outputs: Shape): string {
  const [first, ...others] = windowElements(graph, own, padded(graph, own, x, image, outputs, LEAST), outputs);
  let largest = first;
  let which = graph.node("Expand", [graph.number(0), graph.ints(outputs)]);
  for (const [i, candidate] of others.entries()) {
    const isLarger = graph.node("Greater", [candidate, largest]);
    which = graph.node("Where", [isLarger, graph.number(i + 1), which]);
    largest = graph.node("Max", [largest, candidate]);
  }
  return which;
}

/** No finite float32 number is less. */
const LEAST = -3.4028234663852886e38;

const isElement = (graph: OnnxGraph, which: string, element: number): string =>
  graph.node("Equal", [which, graph.number(element)]);

/** Images with a margin, so that every element of every window lies in them. */
function padded(graph: OnnxGraph, own: Windows, x: string, image: Shape, outputs: Shape, margin: number): string {
  const after = ([0, 1] as const).map((axis) => {
    const reached = (outputs[2 + axis] - 1) * own.stride[axis] + (own.kernel[axis] - 1) * own.dilation[axis] + 1;
    return Math.max(0, reached - own.before[axis] - image[2 + axis]);
  });
  if ([...own.before, ...after].every((n) => n === 0)) return x;
  return graph.node("Pad", [x, graph.ints([0, 0, ...own.before, 0, 0, ...after]), graph.number(margin)]);
}

/** For each element of a window the image's values there: [batch, channels, …windows]. */
function windowElements(graph: OnnxGraph, own: Windows, x: string, outputs: Shape): string[] {
  const { kernel, stride, dilation } = own;
  return Array.from({ length: sizeOf(kernel) }, (_, i) => {
    const starts = [Math.floor(i / kernel[1]), i % kernel[1]].map((at, axis) => at * dilation[axis]);
    const ends = starts.map((start, axis) => start + (outputs[2 + axis] - 1) * stride[axis] + 1);
    return graph.node("Slice", [x, ...[starts, ends, [2, 3], stride].map((list) => graph.ints(list))]);
  });
}

/** Every stride-th row of the padded images, or column: the elements of windows that fall on them. */
interface Phase {
  readonly elements: readonly number[];
}

/** All phases along an axis, and the rows or columns in each. */
function phasesOf(own: Windows, axis: 0 | 1, image: number, windows: number) {
  const [kernel, stride, dilation] = [own.kernel[axis], own.stride[axis], own.dilation[axis]];
  const elements = Array.from({ length: kernel }, (_, k) => k);
  const reached = windows + shift(own, axis, kernel - 1);
  return {
    length: Math.max(reached, Math.ceil((own.before[axis] + image) / stride)),
    phases: Array.from(
      { length: stride },
      (_, phase): Phase => ({ elements: elements.filter((k) => (k * dilation) % stride === phase) }),
    ),
  };
}

/** How many windows further on the element of a window lies, within its phase. */
const shift = ({ dilation, stride }: Windows, axis: 0 | 1, element: number): number =>
  Math.floor((element * dilation[axis]) / stride[axis]);

const concat = (graph: OnnxGraph, parts: readonly string[], axis: number): string =>
  parts.length === 1 ? parts[0] : graph.node("Concat", parts, { axis: int(axis) });
