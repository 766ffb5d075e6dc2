import { CHANNELS_BY_THREES, int, ints, type OnnxGraph } from "../../onnx.ts";
import type { Shape } from "../../shape.ts";
import type { Convolution } from "./geometry.ts";

/** What Conv and ConvTranspose have in common. */
export const nodeSettings = ({ kernel, stride, dilation, groups }: Convolution) => ({
  kernel_shape: ints(kernel),
  strides: ints(stride),
  dilations: ints(dilation),
  group: int(groups),
});

interface Convolved {
  /** Images of the shape given, [batch, channels, height, width]. */
  readonly images: string;
  readonly shape: Shape;
  /** Kernels, [outputs, channels / groups, rows, columns]. */
  readonly kernels: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A Conv. For a runtime whose Conv is wrong for so many channels, channels of zeros are added up to a multiple of 4. */
export function convNode(
  graph: OnnxGraph,
  own: Convolution,
  { images, shape: [, channels], kernels, before, after }: Convolved,
): string {
  const added = own.groups === 1 && byThrees(channels) && graph.lacks(CHANNELS_BY_THREES) ? 4 - (channels % 4) : 0;
  return graph.node("Conv", [withZeros(graph, images, added), withZeros(graph, kernels, added)], {
    ...nodeSettings(own),
    pads: ints([...before, ...after]),
  });
}

const byThrees = (channels: number): boolean => channels > 3 && channels % 3 === 0 && channels % 4 !== 0;

/** Adds channels of zeros after those of images or kernels. */
const withZeros = (graph: OnnxGraph, x: string, added: number): string =>
  added === 0 ? x : graph.node("Pad", [x, graph.ints([0, 0, 0, 0, 0, added, 0, 0])]);
