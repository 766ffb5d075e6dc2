import { int, ints, type OnnxGraph, UNEVEN_CHANNELS } from "../../onnx.ts";
import type { Shape } from "../../shape.ts";
import type { Convolution } from "./geometry.ts";

/** What Conv and ConvTranspose have in common. */
const nodeSettings = ({ kernel, stride, dilation, groups }: Convolution) => ({
  kernel_shape: ints(kernel),
  strides: ints(stride),
  dilations: ints(dilation),
  group: int(groups),
});

interface Convolved {
  readonly images: string;
  readonly kernels: string;
  /** The number of channels of the images, and of the result. */
  readonly channels: number;
  readonly outputs: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * A Conv. For a runtime that is wrong for so many channels, channels of zeros are added up to a multiple of 4, or there is a Conv for each
 * group.
 */
export function convNode(graph: OnnxGraph, own: Convolution, convolved: Convolved): string {
  const lacks = graph.lacks(UNEVEN_CHANNELS);
  if (lacks && own.groups > 1 && straddles(convolved.outputs, own.groups))
    return perGroup(graph, own, { ...convolved, ofKernels: convolved.outputs }, (part) =>
      convNode(graph, { ...own, groups: 1 }, part),
    );
  const { images, kernels, channels, before, after } = convolved;
  const added = lacks && own.groups === 1 && byThrees(channels) ? 4 - (channels % 4) : 0;
  return graph.node("Conv", [withZeros(graph, images, added), withZeros(graph, kernels, added)], {
    ...nodeSettings(own),
    pads: ints([...before, ...after]),
  });
}

/**
 * A ConvTranspose, whose kernels are [channels, outputs / groups, rows, columns], with the rows and columns that are `left` below and to the
 * right. For a runtime that is wrong for so many channels there is one for each group.
 */
export function convTransposeNode(
  graph: OnnxGraph,
  own: Convolution,
  convolved: Convolved,
  left: readonly number[],
): string {
  const { images, kernels, channels, outputs, before, after } = convolved;
  const { groups } = own;
  if (groups > 1 && outputs === groups && (channels / groups) % 2 === 0 && graph.lacks(UNEVEN_CHANNELS))
    return perGroup(graph, own, { ...convolved, ofKernels: channels }, (part) =>
      convTransposeNode(graph, { ...own, groups: 1 }, part, left),
    );
  return graph.node("ConvTranspose", [images, kernels], {
    ...nodeSettings(own),
    pads: ints([...before, ...after]),
    output_padding: ints(left),
  });
}

/** Whether input channels are read by threes but counted by fours. */
const byThrees = (channels: number): boolean => channels > 3 && channels % 3 === 0 && channels % 4 !== 0;

/** Whether output channels are computed by fours or twos of which some lie in two groups; those of small groups are computed one by one. */
function straddles(outputs: number, groups: number): boolean {
  const size = outputs / groups;
  const together = [4, 2, 1].find((n) => outputs % n === 0) ?? 1;
  return size >= 4 && size % together !== 0;
}

/** Adds channels of zeros after those of images or kernels. */
const withZeros = (graph: OnnxGraph, x: string, added: number): string =>
  added === 0 ? x : graph.node("Pad", [x, graph.ints([0, 0, 0, 0, 0, added, 0, 0])]);

interface Grouped extends Convolved {
  /** The length of the kernels' first axis. */
  readonly ofKernels: number;
}

/** A node for each group, and their results one after the other. */
function perGroup(
  graph: OnnxGraph,
  { groups }: Convolution,
  convolved: Grouped,
  node: (part: Convolved) => string,
): string {
  const [channels, outputs, length] = [convolved.channels, convolved.outputs, convolved.ofKernels].map(
    (n) => n / groups,
  );
  const parts = Array.from({ length: groups }, (_, group) => {
    const images = part(graph, convolved.images, [group, channels], 1);
    const kernels = part(graph, convolved.kernels, [group, length], 0);
    return node({ ...convolved, images, kernels, channels, outputs });
  });
  return graph.node("Concat", parts, { axis: int(1) });
}

/** The slice of a tensor that belongs to a group, of a length along an axis. */
const part = (graph: OnnxGraph, x: string, [group, length]: Shape, axis: number): string =>
  graph.node("Slice", [x, ...[[group * length], [(group + 1) * length], [axis]].map((list) => graph.ints(list))]);
