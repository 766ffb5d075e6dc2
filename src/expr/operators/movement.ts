import { someOf } from "../../arguments/index.ts";
import { type NDArray, walk, zeros } from "../array.ts";
import { apply, type Expr, lift, type Operand, type Operator } from "../node.ts";
import { int, ints } from "../onnx.ts";
import { checkAxis, checkShape, type Shape, sameShape, showShape, sizeOf, stridesOf } from "../shape.ts";
import { atom, binding, bracket, callTex } from "../tex.ts";
import { alike } from "./elementwise.ts";

/** The same elements in the same order, in another shape; one length may be -1, which is computed from the others. */
export function reshape(operand: Operand, shape: Shape): Expr {
  const x = lift(operand);
  const full = fillIn(x.shape, shape);
  return sameShape(x.shape, full) ? x : apply(reshaping(full), x);
}

const reshaping = (shape: Shape): Operator => ({
  name: "reshape",
  attributes: { shape },
  shape: () => shape,
  evaluate: ([x]) => ({ shape, data: x.data }),
  derivative: (_, d, node) => reshape(d, node.inputs[0].shape),
  onnx: (graph, [x]) => graph.node("Reshape", [x, graph.ints(shape)], { allowzero: int(1) }),
  lanes: null,
  tex: ([x]) => x,
});

function fillIn(from: Shape, shape: Shape): Shape {
  const known = sizeOf(shape.filter((length) => length !== -1));
  const full = shape.map((length) => (length === -1 ? sizeOf(from) / known : length));
  if (
    shape.filter((length) => length === -1).length > 1 ||
    !full.every(Number.isInteger) ||
    sizeOf(full) !== sizeOf(from)
  )
    throw new RangeError(
      `reshape: ${showShape(from)} holds ${sizeOf(from)} elements, which do not fill ${showShape(shape)}`,
    );
  return checkShape(full);
}

/** Permutes the axes; by default it reverses them, which transposes a matrix. */
export function transpose(operand: Operand, options: { readonly axes?: readonly number[] } = {}): Expr {
  const x = lift(operand);
  const rank = x.shape.length;
  const axes = (options.axes ?? [...Array(rank).keys()].reverse()).map((axis) => checkAxis("transpose", axis, rank));
  if (axes.length !== rank || new Set(axes).size !== rank)
    throw new RangeError(
      `transpose: axes ${showShape(axes)} must name each of the ${rank} axes of ${showShape(x.shape)} once`,
    );
  return axes.every((axis, k) => axis === k) ? x : apply(permuting(axes), x);
}

const permuting = (axes: readonly number[]): Operator => ({
  name: "transpose",
  attributes: { axes },
  shape: ([x]) => axes.map((axis) => x[axis]),
  evaluate: ([x], shape) => {
    const strides = stridesOf(x.shape);
    return copy(
      x,
      shape,
      0,
      axes.map((axis) => strides[axis]),
    );
  },
  derivative: (_, d) => transpose(d, { axes: axes.map((_, axis) => axes.indexOf(axis)) }),
  onnx: (graph, inputs) => graph.node("Transpose", inputs, { perm: ints(axes) }),
  lanes: null,
  tex: ([x]) => ({ text: `${bracket(x, binding.atom)}^{\\top}`, binds: binding.power }),
});

/** Elements of `x` from an offset on, read with the given strides. */
function copy(x: NDArray, shape: Shape, start: number, strides: readonly number[]): NDArray {
  const result = zeros(shape);
  let at = 0;
  walk(shape, [strides], (offset) => {
    result.data[at++] = x.data[start + offset];
  });
  return result;
}

/** The block of a tensor that `slice` takes. */
export interface SliceOptions {
  /** First index along each axis; negative ones count from the end. */
  readonly starts: readonly number[];
  /** One past the last index along each axis; negative ones count from the end. */
  readonly ends: readonly number[];
}

/** The block from `starts` up to `ends`, one of each per axis; shorter lists leave the later axes whole. */
export function slice(operand: Operand, { starts, ends }: SliceOptions): Expr {
  const x = lift(operand);
  if (starts.length !== ends.length || starts.length > x.shape.length)
    throw new RangeError(
      `slice: ${starts.length} starts and ${ends.length} ends for a tensor of shape ${showShape(x.shape)}`,
    );
  const from = x.shape.map((length, axis) => place(starts[axis] ?? 0, length));
  const to = x.shape.map((length, axis) => place(ends[axis] ?? length, length));
  for (const [axis, length] of x.shape.entries())
    if (
      ![from[axis], to[axis]].every(Number.isInteger) ||
      !(0 <= from[axis] && from[axis] <= to[axis] && to[axis] <= length)
    )
      throw new RangeError(
        `slice: ${starts[axis]} to ${ends[axis]} does not lie within axis ${axis} of ${showShape(x.shape)}`,
      );
  return apply(slicing(from, to), x);
}

const place = (index: number, length: number): number => (index < 0 ? index + length : index);

const slicing = (starts: readonly number[], ends: readonly number[]): Operator => ({
  name: "slice",
  attributes: { starts, ends },
  shape: () => ends.map((end, axis) => end - starts[axis]),
  evaluate: ([x], shape) => {
    const strides = stridesOf(x.shape);
    return copy(
      x,
      shape,
      starts.reduce((sum, start, axis) => sum + start * strides[axis], 0),
      strides,
    );
  },
  derivative: (_, d, node) =>
    pad(d, { before: starts, after: ends.map((end, axis) => node.inputs[0].shape[axis] - end) }),
  onnx: (graph, [x], node) =>
    sameShape(node.shape, node.inputs[0].shape) ? x : graph.node("Slice", [x, graph.ints(starts), graph.ints(ends)]),
  lanes: null,
  tex: ([x]) =>
    atom(`{${bracket(x, binding.atom)}}_{${starts.map((start, axis) => `${start}:${ends[axis]}`).join(", ")}}`),
});

/** How many zeros `pad` adds. */
export interface PadOptions {
  /** The number of zeros before the elements, along each axis. */
  readonly before: readonly number[];
  /** The number of zeros after the elements, along each axis. */
  readonly after: readonly number[];
}

/** Pads a tensor with zeros. Throws a RangeError unless `before` and `after` have a whole number for each axis. */
export function pad(operand: Operand, { before, after }: PadOptions): Expr {
  const x = lift(operand);
  if (before.length !== x.shape.length || after.length !== x.shape.length)
    throw new RangeError(
      `pad: ${before.length} before and ${after.length} after for a tensor of shape ${showShape(x.shape)}`,
    );
  if (![...before, ...after].every((n) => Number.isInteger(n) && n >= 0))
    throw new RangeError(
      `pad: ${showShape(before)} before and ${showShape(after)} after must be whole numbers, 0 or more`,
    );
  return apply(padding(before, after), x);
}

const padding = (before: readonly number[], after: readonly number[]): Operator => ({
  name: "pad",
  attributes: { before, after },
  shape: ([x]) => x.map((length, axis) => before[axis] + length + after[axis]),
  evaluate: ([x], shape) => {
    const result = zeros(shape);
    const strides = stridesOf(shape);
    const start = before.reduce((sum, n, axis) => sum + n * strides[axis], 0);
    let at = 0;
    walk(x.shape, [strides], (offset) => {
      result.data[start + offset] = x.data[at++];
    });
    return result;
  },
  derivative: (_, d, node) =>
    slice(d, { starts: before, ends: before.map((start, axis) => start + node.inputs[0].shape[axis]) }),
  // ONNX Runtime refuses to pad a scalar, even by nothing.
  onnx: (graph, [x], node) =>
    sameShape(node.shape, node.inputs[0].shape) ? x : graph.node("Pad", [x, graph.ints([...before, ...after])]),
  lanes: null,
  tex: (inputs) => callTex("pad", inputs),
});

/** Concatenates tensors along an axis; their other lengths must be equal. */
export function concat(operands: readonly Operand[], options: { readonly axis?: number } = {}): Expr {
  if (operands.length === 0) throw new RangeError("concat: give one tensor or more");
  const tensors = alike(operands);
  return apply(joining(checkAxis("concat", options.axis ?? 0, tensors[0].shape.length)), ...tensors);
}

const joining = (axis: number): Operator => ({
  name: "concat",
  attributes: { axis },
  shape: (shapes) => {
    const [first] = shapes;
    if (!shapes.every((s) => s.length === first.length && s.every((length, k) => k === axis || length === first[k])))
      throw new RangeError(`concat: the shapes ${someOf(shapes.map(showShape))} must be equal except on axis ${axis}`);
    return first.map((length, k) => (k === axis ? shapes.reduce((total, s) => total + s[axis], 0) : length));
  },
  evaluate: (inputs, shape) => {
    const result = zeros(shape);
    const strides = stridesOf(shape);
    let start = 0;
    for (const x of inputs) {
      let at = 0;
      walk(x.shape, [strides], (offset) => {
        result.data[start + offset] = x.data[at++];
      });
      start += x.shape[axis] * strides[axis];
    }
    return result;
  },
  derivative: (i, d, node) => {
    const start = node.inputs.slice(0, i).reduce((total, x) => total + x.shape[axis], 0);
    const { shape } = node.inputs[i];
    return slice(d, {
      starts: shape.map((_, k) => (k === axis ? start : 0)),
      ends: shape.map((length, k) => (k === axis ? start + length : length)),
    });
  },
  onnx: (graph, inputs) => graph.node("Concat", inputs, { axis: int(axis) }),
  lanes: null,
  tex: (inputs) => callTex("concat", inputs),
});
