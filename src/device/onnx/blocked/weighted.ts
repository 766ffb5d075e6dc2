import { ints, type OnnxAttribute, sizeOf } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";
import { blockedKernels, turnedKernels } from "./kernels.ts";

/**
 * A convolution that is still being put together: ONNX Runtime's own computes relu(x ∗ w + bias + sum) in one pass. One value for each
 * channel is a convolution of each channel by itself, with kernels of one element.
 */
export interface Weighted {
  /** Blocked images; plain ones with fewer channels than a block. */
  readonly x: string;
  /** [outputs, inputs, height, width] as the program has them; null for a factor for each channel. */
  readonly kernels: { readonly w: string; readonly shape: readonly number[]; readonly turned: boolean } | null;
  /** A factor for each channel of the result, [channels]. */
  readonly factor: string | null;
  readonly bias: string | null;
  /** A blocked tensor to add. */
  readonly sum: string | null;
  readonly relu: boolean;
  readonly channels: number;
  readonly settings: Readonly<Record<string, OnnxAttribute>>;
}

/** The images themselves, to which factors and biases can be applied. */
export const asTheyAre = (x: string, channels: number): Weighted => ({
  ...{ x, kernels: null, factor: null, bias: null, sum: null, relu: false, channels },
  settings: {
    ...{ kernel_shape: ints([1, 1]), strides: ints([1, 1]), dilations: ints([1, 1]), pads: ints([0, 0, 0, 0]) },
    group: { int: channels },
  },
});

/** Times a factor for each channel; undefined where that can't be put in. */
export function times(graph: GraphBuilder, of: Weighted, factor: string): Weighted | undefined {
  if (of.relu || of.sum !== null) return undefined;
  return {
    ...of,
    factor: of.factor === null ? factor : graph.node("Mul", [of.factor, factor]),
    bias: of.bias === null ? null : graph.node("Mul", [of.bias, factor]),
  };
}

/** Plus a bias for each channel. */
export function plus(graph: GraphBuilder, of: Weighted, bias: string): Weighted | undefined {
  if (of.relu) return undefined;
  return { ...of, bias: of.bias === null ? bias : graph.node("Add", [of.bias, bias]) };
}

/** Plus another blocked tensor. */
export const plusTensor = (of: Weighted, sum: string): Weighted | undefined =>
  of.relu || of.sum !== null ? undefined : { ...of, sum };

export const rectified = (of: Weighted): Weighted | undefined => (of.relu ? undefined : { ...of, relu: true });

/** Appends the convolution. */
export function appended(graph: GraphBuilder, of: Weighted, block: number): string {
  const { x, bias, sum, relu, settings } = of;
  const rest = sum !== null ? [bias ?? "", sum] : bias !== null ? [bias] : [];
  return graph.internal("Conv", [x, filterOf(graph, of, block), ...rest], {
    ...settings,
    ...(relu ? { activation: { string: "Relu" } } : {}),
  });
}

function filterOf(graph: GraphBuilder, { kernels, factor, channels }: Weighted, block: number): string {
  if (kernels === null) {
    const shape = [channels, 1, 1, 1];
    return factor === null ? graph.ones(shape) : graph.node("Reshape", [factor, graph.ints(shape)]);
  }
  const { w, shape, turned } = kernels;
  if (turned) {
    const wide =
      factor === null ? w : graph.node("Mul", [w, graph.node("Reshape", [factor, graph.ints([channels, 1, 1])])]);
    return turnedKernels(graph, wide, shape, block);
  }
  const perOutput = graph.ints([sizeOf([channels]), 1, 1, 1]);
  const scaled = factor === null ? w : graph.node("Mul", [w, graph.node("Reshape", [factor, perOutput])]);
  return blockedKernels(graph, scaled, shape, block);
}
