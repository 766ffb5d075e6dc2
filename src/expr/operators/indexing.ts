import { checkNumber, domains } from "../../arguments/index.ts";
import { type NDArray, zeros } from "../array.ts";
import { apply, constant, type Expr, lift, type Operand, type Operator } from "../node.ts";
import { int, type OnnxGraph } from "../onnx.ts";
import { checkAxis, checkShape, type Shape, showShape, sizeOf } from "../shape.ts";
import { atom, binding, bracket, callTex } from "../tex.ts";
import { equal } from "./comparison.ts";
import { alike } from "./elementwise.ts";
import { reshape } from "./movement.ts";
import { largest, reduceArray } from "./reduction.ts";

/** Rows of `x`, selected by indices from 0: shape `[...indices.shape, ...x.shape.slice(1)]`. */
export function gather(operand: Operand, indices: Operand): Expr {
  return apply(gathering, ...alike([operand, indices]));
}

const gathering: Operator = {
  name: "gather",
  attributes: {},
  shape: ([x, indices]) => {
    if (x.length === 0) throw new RangeError("gather: a scalar has no rows to choose from");
    return [...indices, ...x.slice(1)];
  },
  evaluate: ([x, indices], shape) => {
    const result = zeros(shape);
    const width = sizeOf(x.shape.slice(1));
    for (const [k, row] of checkIndices("gather", indices, x.shape[0]).entries())
      result.data.set(x.data.subarray(row * width, (row + 1) * width), k * width);
    return result;
  },
  derivative: (i, d, { inputs: [x, indices] }) => (i === 0 ? scatterAdd(d, indices, x.shape) : null),
  onnx: (graph, [x, indices]) => graph.node("Gather", [x, graph.indices(indices)]),
  lanes: null,
  tex: ([x, indices]) => atom(`{${bracket(x, binding.atom)}}_{${indices.text}}`),
};

function checkIndices(operator: string, indices: NDArray, count: number): Float64Array {
  for (const row of indices.data)
    if (!Number.isInteger(row) || row < 0 || row >= count)
      throw new RangeError(`${operator}: index ${row} is not a whole number from 0 to ${count - 1}`);
  return indices.data;
}

/** Zeros of the given shape, with each row of `updates` added to the row at its index. */
export function scatterAdd(updates: Operand, indices: Operand, shape: Shape): Expr {
  return apply(scattering(checkShape(shape)), ...alike([updates, indices]));
}

const scattering = (shape: Shape): Operator => ({
  name: "scatterAdd",
  attributes: { shape },
  shape: ([updates, indices]) => {
    const wanted = [...indices, ...shape.slice(1)];
    if (updates.join() !== wanted.join())
      throw new RangeError(`scatterAdd: the updates have shape ${showShape(updates)}; it must be ${showShape(wanted)}`);
    return shape;
  },
  evaluate: ([updates, indices]) => {
    const result = zeros(shape);
    const width = sizeOf(shape.slice(1));
    for (const [k, row] of checkIndices("scatterAdd", indices, shape[0]).entries())
      for (let j = 0; j < width; j++) result.data[row * width + j] += updates.data[k * width + j];
    return result;
  },
  derivative: (i, d, { inputs: [, indices] }) => (i === 0 ? gather(d, indices) : null),
  // Not ScatterND: ONNX Runtime 1.30 runs it in threads, which lose updates where they meet in a row.
  onnx: (graph, [updates, indices], node) => {
    const [count, width] = [sizeOf(node.inputs[1].shape), sizeOf(shape.slice(1))];
    const column = graph.node("Reshape", [indices, graph.ints([count, 1])], { allowzero: int(1) });
    const rows = graph.indices(graph.node("Expand", [column, graph.ints([count, width])]));
    const none = graph.node("Expand", [graph.number(0), graph.ints([shape[0], width])]);
    const given = graph.node("Reshape", [updates, graph.ints([count, width])], { allowzero: int(1) });
    const added = graph.node("ScatterElements", [none, rows, given], { axis: int(0), reduction: { string: "add" } });
    return graph.node("Reshape", [added, graph.ints(shape)], { allowzero: int(1) });
  },
  lanes: null,
  tex: (inputs) => callTex("scatterAdd", inputs),
});

/** 1 at each index, 0 elsewhere, along a new last axis of length `depth`. It has no derivative. */
export function oneHot(indices: Operand, depth: number): Expr {
  checkNumber("oneHot: depth", depth, domains.count);
  const x = lift(indices);
  const places = constant(
    Float64Array.from({ length: depth }, (_, k) => k),
    x.dtype,
  );
  return equal(reshape(x, [...x.shape, 1]), places);
}

/** The index of the largest element along an axis, from 0; the first of equal ones. It has no derivative. */
export function argmax(operand: Operand, options: { readonly axis?: number } = {}): Expr {
  const x = lift(operand);
  return apply(locating(checkAxis("argmax", options.axis ?? -1, x.shape.length)), x);
}

/** As in NumPy, a NaN counts as the largest. */
function placeOfLargest(group: Float64Array): number {
  const m = largest(group);
  return Number.isNaN(m) ? group.findIndex(Number.isNaN) : group.indexOf(m);
}

/** The least index at which an element equals the largest. */
function firstOfLargest(graph: OnnxGraph, x: string, axis: number, shape: Shape): string {
  const axes = graph.ints([axis]);
  const largest = graph.node("ReduceMax", [x, axes], { keepdims: int(1) });
  const places = graph.numbers(Array.from({ length: shape[axis] }, (_, i) => i));
  const along = graph.node("Reshape", [places, graph.ints(shape.map((n, k) => (k === axis ? n : 1)))]);
  const found = graph.node("Where", [graph.node("Equal", [x, largest]), along, graph.number(shape[axis] - 1)]);
  return graph.node("ReduceMin", [found, axes], { keepdims: int(0) });
}

const locating = (axis: number): Operator => ({
  name: "argmax",
  attributes: { axis },
  shape: ([x]) => {
    if (x[axis] === 0) throw new RangeError("argmax: the axis is empty; it needs at least one element");
    return x.filter((_, k) => k !== axis);
  },
  evaluate: ([x], shape) => ({
    shape,
    data: reduceArray(x, [axis], placeOfLargest).data,
  }),
  derivative: () => null,
  onnx: (graph, [x], { inputs }) =>
    graph.lacks("ArgMax")
      ? firstOfLargest(graph, x, axis, inputs[0].shape)
      : graph.fromIndices(graph.node("ArgMax", [x], { axis: int(axis), keepdims: int(0) })),
  lanes: null,
  tex: (inputs) => callTex("argmax", inputs),
});
