import type { Shape } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";
import type { Laid, Two } from "./geometry.ts";
import { padWith, reshaped, transposed } from "./movement.ts";

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
  if (outputs === b && inputs === b) return reshaped(graph, transposed(graph, w, [2, 3, 1, 0]), shape);
  const split = graph.node("Reshape", [w, graph.ints([outputs / b, b, inputs / b, b, ...kernel])]);
  return reshaped(graph, transposed(graph, split, [0, 2, 4, 5, 3, 1]), shape);
}

/** The same for the way back: turned by 180°, inputs and outputs exchanged. */
export function turnedKernels(graph: GraphBuilder, w: string, shape: Shape, block: number): string {
  const [outputs, inputs, ...kernel] = shape;
  const b = block;
  const whole = [inputs, outputs, ...kernel];
  if (outputs === b && inputs === b)
    return reshaped(graph, transposed(graph, turned(graph, w, kernel, 2), [2, 3, 0, 1]), whole);
  const split = graph.node("Reshape", [w, graph.ints([outputs / b, b, inputs / b, b, ...kernel])]);
  return reshaped(graph, transposed(graph, turned(graph, split, kernel, 4), [2, 0, 4, 5, 1, 3]), whole);
}

/** Height and width, which are axes from `first` on, from the last element to the first. */
function turned(graph: GraphBuilder, w: string, kernel: Shape, first: number): string {
  if (kernel.every((length) => length === 1)) return w;
  const [every, beyond] = [-1, -Number.MAX_SAFE_INTEGER];
  const lists = [
    [every, every],
    [beyond, beyond],
    [first, first + 1],
    [every, every],
  ];
  return graph.node("Slice", [w, ...lists.map((list) => graph.ints(list))]);
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
