import { mapElements, type NDArray, walk, zeros } from "../array.ts";
import { type Application, apply, type Expr, lift, type Operand, type Operator } from "../node.ts";
import { int, type OnnxGraph } from "../onnx.ts";
import {
  broadcastShapes,
  checkAxis,
  checkShape,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  stridesOf,
} from "../shape.ts";
import { atom, callTex, type Tex } from "../tex.ts";
import { div, mul, sub } from "./arithmetic.ts";
import { equal, less, where } from "./comparison.ts";
import { exp } from "./functions.ts";
import { reshape } from "./movement.ts";

/** The axes over which a tensor is reduced, and whether they stay. */
export interface ReductionOptions {
  /** The axes to reduce; negative ones count from the last. Default: all. */
  readonly axes?: number | readonly number[];
  /** Whether to keep reduced axes, with length 1. Default: false. */
  readonly keepdims?: boolean;
}

interface Reduction {
  readonly name: string;
  /** The result for one group of elements. */
  readonly value: (group: Float64Array) => number;
  /** The derivative with respect to the input; the adjoint and the result keep reduced axes, so that they broadcast. */
  readonly derivative: (adjoint: Expr, x: Expr, result: Expr) => Expr;
  /** Set if each group needs at least one element: the mean of none is NaN. */
  readonly empty: "allowed" | "refused";
  readonly onnx: string | ReductionNodes;
  /** The ONNX operator for groups of one element, if the result is not that element. */
  readonly onnxOfOne?: string;
  readonly tex: (x: Tex) => Tex;
}

/** A reduction over one or more axes for which ONNX has no good operator. */
type ReductionNodes = (
  graph: OnnxGraph,
  x: string,
  axes: readonly number[],
  keepdims: boolean,
  node: Application,
) => string;

/** A function that reduces some axes of a tensor. */
function reduction(spec: Reduction): (x: Operand, options?: ReductionOptions) => Expr {
  return (operand, options = {}) => {
    const x = lift(operand);
    const axes = reducedAxes(spec.name, x.shape.length, options.axes);
    return apply(reducing(spec, axes, options.keepdims ?? false), x);
  };
}

function reducing(spec: Reduction, axes: readonly number[], keepdims: boolean): Operator {
  const keptShape = (shape: Shape): Shape => shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return {
    name: spec.name,
    attributes: { axes, keepdims: keepdims ? 1 : 0 },
    shape: ([x]) => {
      if (spec.empty === "refused" && sizeOf(x) === 0)
        throw new RangeError(`${spec.name}: the reduced axes are empty; it needs at least one element`);
      return keepdims ? keptShape(x) : x.filter((_, axis) => !axes.includes(axis));
    },
    evaluate: ([x], shape) => ({ shape, data: reduceArray(x, axes, spec.value).data }),
    derivative: (_, adjoint, node) => {
      const [x] = node.inputs;
      const kept = keptShape(x.shape);
      return broadcastTo(spec.derivative(reshape(adjoint, kept), x, reshape(node, kept)), x.shape);
    },
    onnx: (graph, [x], node) => {
      if (axes.length === 0) return single(graph, spec, x);
      if (typeof spec.onnx !== "string") return spec.onnx(graph, x, axes, keepdims, node);
      return reduceNode(graph, spec.onnx, x, axes, keepdims);
    },
    lanes: null,
    tex: ([x]) => spec.tex(x),
  };
}

const reduceNode = (graph: OnnxGraph, type: string, x: string, axes: readonly number[], keepdims: boolean): string =>
  graph.node(type, [x, graph.ints(axes)], { keepdims: int(keepdims ? 1 : 0) });

/** A reduction of no axes: every element is a group. (To ONNX, an empty list would mean all axes.) */
const single = (graph: OnnxGraph, { onnxOfOne }: Reduction, x: string): string =>
  onnxOfOne === undefined ? x : graph.node(onnxOfOne, [x]);

/** Axes counted from the front, in order, without duplicates. */
function reducedAxes(operator: string, rank: number, axes: ReductionOptions["axes"]): number[] {
  if (axes === undefined) return [...Array(rank).keys()];
  const chosen = (typeof axes === "number" ? [axes] : axes).map((axis) => checkAxis(operator, axis, rank));
  return [...new Set(chosen)].sort((a, b) => a - b);
}

/** One result for each group along the axes, which are kept with length 1. */
export function reduceArray(x: NDArray, axes: readonly number[], value: (group: Float64Array) => number): NDArray {
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const result = zeros(kept);
  const strides = stridesOf(x.shape);
  const group = new Float64Array(axes.reduce((size, axis) => size * x.shape[axis], 1));
  const inner = axes.map((axis) => x.shape[axis]);
  const innerStrides = axes.map((axis) => strides[axis]);
  let at = 0;
  walk(kept, [strides], (start) => {
    let i = 0;
    walk(inner, [innerStrides], (offset) => {
      group[i++] = x.data[start + offset];
    });
    result.data[at++] = value(group);
  });
  return result;
}

export const total = (group: Float64Array): number => {
  let s = 0;
  for (const value of group) s += value;
  return s;
};

export const largest = (group: Float64Array): number => {
  let m = Number.NEGATIVE_INFINITY;
  for (const value of group) m = Math.max(m, value);
  return m;
};

function logSumExpValue(group: Float64Array): number {
  const m = largest(group);
  return Number.isFinite(m) ? m + Math.log(total(group.map((x) => Math.exp(x - m)))) : m;
}

/** The sum, of all elements or along axes. */
export const sum = reduction({
  name: "sum",
  value: total,
  derivative: (d) => d,
  empty: "allowed",
  onnx: "ReduceSum",
  tex: (x) => atom(`\\sum\\left(${x.text}\\right)`),
});

/** The mean, of all elements or along axes. */
export const mean = reduction({
  name: "mean",
  value: (group) => total(group) / group.length,
  derivative: (d, x, result) => div(d, sizeOf(x.shape) / sizeOf(result.shape)),
  empty: "refused",
  onnx: "ReduceMean",
  tex: (x) => callTex("mean", [x]),
});

/** The largest element; ties share the derivative equally. */
export const maxOf = reduction({
  name: "maxOf",
  value: largest,
  derivative: (d, x, result) => {
    const isLess = less(x, result);
    const axes = x.shape.flatMap((length, axis) => (length !== result.shape[axis] ? [axis] : []));
    const count = sum(where(isLess, 0, 1), { axes, keepdims: true });
    return where(isLess, 0, div(d, count));
  },
  empty: "refused",
  onnx: "ReduceMax",
  tex: (x) => callTex("max", [x]),
});

/** ‖x‖ = m·‖x/m‖ with m = max |x|, so that squares neither overflow nor underflow. Zero and infinite m are not divided by. */
const normNodes: ReductionNodes = (graph, x, axes, keepdims, { inputs: [{ shape }] }) => {
  if (sizeOf(shape) === 0) return reduceNode(graph, "ReduceL2", x, axes, keepdims);
  const largest = reduceNode(graph, "ReduceMax", graph.node("Abs", [x]), axes, true);
  const some = graph.node("Greater", [largest, graph.number(0)]);
  const bounded = graph.node("Less", [largest, graph.number(Number.POSITIVE_INFINITY)]);
  const scale = graph.node("Where", [graph.node("And", [some, bounded]), largest, graph.number(1)]);
  const length = reduceNode(graph, "ReduceL2", graph.node("Div", [x, scale]), axes, keepdims);
  return graph.node("Mul", [length, keepdims ? scale : graph.node("Squeeze", [scale, graph.ints(axes)])]);
};

/** The Euclidean norm √Σx², which only overflows or underflows if the result does. Its derivative at 0 is taken as 0. */
export const norm = reduction({
  name: "norm",
  value: (group) => {
    const scale = largest(group.map(Math.abs));
    if (group.length === 0 || scale === 0 || !Number.isFinite(scale)) return group.length === 0 ? 0 : scale;
    return scale * Math.sqrt(total(group.map((x) => (x / scale) ** 2)));
  },
  derivative: (d, x, result) => mul(d, div(x, where(equal(result, 0), Number.POSITIVE_INFINITY, result))),
  empty: "allowed",
  onnx: normNodes,
  onnxOfOne: "Abs",
  tex: (x) => atom(`\\left\\lVert ${x.text} \\right\\rVert`),
});

/** log Σ eˣ, without overflow. */
export const logSumExp = reduction({
  name: "logSumExp",
  value: logSumExpValue,
  derivative: (d, x, result) => mul(d, exp(sub(x, result))),
  empty: "refused",
  onnx: "ReduceLogSumExp",
  tex: (x) => atom(`\\log \\sum e^{${x.text}}`),
});

/** Broadcasts to a shape, as operators do automatically if shapes differ. */
export function broadcastTo(operand: Operand, shape: Shape): Expr {
  const x = lift(operand);
  return sameShape(x.shape, shape) ? x : apply(stretching(checkShape(shape)), x);
}

const stretching = (shape: Shape): Operator => ({
  name: "broadcastTo",
  attributes: { shape },
  shape: ([x]) => {
    if (!sameShape(broadcastShapes("broadcastTo", [x, shape]), shape))
      throw new RangeError(`broadcastTo: ${showShape(x)} does not broadcast to ${showShape(shape)}`);
    return shape;
  },
  evaluate: ([x]) => mapElements((a) => a, [x], shape),
  derivative: (_, d, node) => sumTo(d, node.inputs[0].shape),
  onnx: (graph, [x]) => graph.node("Expand", [x, graph.ints(shape)]),
  lanes: null,
  tex: ([x]) => x,
});

/** Sums a broadcast tensor back to its original shape. */
export function sumTo(x: Expr, shape: Shape): Expr {
  if (sameShape(x.shape, shape)) return x;
  const missing = x.shape.length - shape.length;
  const axes = x.shape.flatMap((length, axis) =>
    axis < missing || (shape[axis - missing] === 1 && length !== 1) ? [axis] : [],
  );
  return reshape(sum(x, { axes }), shape);
}
