import { type Application, int, ints, type Shape, sizeOf } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";

/** Sums over height and width, and perhaps over the batch: in two steps, for which ONNX Runtime has fast loops. */
export function meanOrSum(graph: GraphBuilder, node: Application, x: string, block: number): string {
  const [batch, channels, ...image] = node.inputs[0].shape;
  const type = node.operator.name === "mean" ? "ReduceMean" : "ReduceSum";
  const places = graph.node("Reshape", [x, graph.ints([(batch * channels) / block, sizeOf(image), block])]);
  const sums = graph.node(type, [places, graph.ints([1])], { keepdims: int(0) });
  return overBatch(graph, node, graph.shaped(sums, [(batch * channels) / block, block]), type);
}

/**
 * The same of a product, which need not be written to memory: as a convolution with kernels as large as the images, each channel of each
 * example by itself.
 */
export function productSum(graph: GraphBuilder, node: Application, factors: readonly string[], shape: Shape): string {
  const [batch, channels, ...image] = shape;
  const all = batch * channels;
  const [images, kernels] = [
    [1, all, ...image],
    [all, 1, ...image],
  ].map((laid, i) => graph.node("Reshape", [factors[i], graph.ints(laid)]));
  const sums = graph.internal("Conv", [images, kernels], {
    ...{ kernel_shape: ints(image), strides: ints([1, 1]), dilations: ints([1, 1]), pads: ints([0, 0, 0, 0]) },
    group: int(all),
  });
  if (node.operator.name === "sum") return overBatch(graph, node, sums, "ReduceSum");
  const means = graph.node("Mul", [
    sums,
    graph.constant({ shape: [], data: Float64Array.of(1 / sizeOf(image)) }, "f32"),
  ]);
  return overBatch(graph, node, means, "ReduceMean");
}

function overBatch(graph: GraphBuilder, node: Application, perExample: string, type: string): string {
  const [batch, channels] = node.inputs[0].shape;
  const { axes } = node.operator.attributes;
  const shaped = (name: string): string => graph.node("Reshape", [name, graph.ints(node.shape)]);
  if (typeof axes !== "object" || !axes.includes(0)) return shaped(perExample);
  const rows = graph.node("Reshape", [perExample, graph.ints([batch, channels])]);
  return shaped(graph.shaped(graph.node(type, [rows, graph.ints([0])], { keepdims: int(0) }), [channels]));
}
