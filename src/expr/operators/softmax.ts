import { mapElements, type NDArray } from "../array.ts";
import { apply, type Expr, lift, type Operand, type Operator } from "../node.ts";
import { int } from "../onnx.ts";
import { checkAxis } from "../shape.ts";
import { callTex } from "../tex.ts";
import { mul, sub } from "./arithmetic.ts";
import { exp } from "./functions.ts";
import { largest, reduceArray, sum, total } from "./reduction.ts";

/** The axis of a softmax. */
export interface SoftmaxOptions {
  /** The axis along which the results sum to 1. Default: the last. */
  readonly axis?: number;
}

/** eˣ/Σeˣ, without overflow: the largest element is subtracted first. */
export function softmax(operand: Operand, options: SoftmaxOptions = {}): Expr {
  const x = lift(operand);
  return apply(normalizing(checkAxis("softmax", options.axis ?? -1, x.shape.length)), x);
}

/** x − log Σeˣ, without overflow. */
export function logSoftmax(operand: Operand, options: SoftmaxOptions = {}): Expr {
  const x = lift(operand);
  return apply(logNormalizing(checkAxis("logSoftmax", options.axis ?? -1, x.shape.length)), x);
}

/** The elements minus the largest along the axis, so that the largest exponential is 1; and Σeˣ of these. */
function shifted(x: NDArray, axis: number): readonly [NDArray, NDArray] {
  const below = mapElements((a, m) => a - m, [x, reduceArray(x, [axis], largest)], x.shape);
  return [below, reduceArray(below, [axis], (group) => total(group.map(Math.exp)))];
}

const normalizing = (axis: number): Operator => ({
  name: "softmax",
  attributes: { axis },
  shape: ([x]) => x,
  evaluate: ([x], shape) => mapElements((a, sum) => Math.exp(a) / sum, shifted(x, axis), shape),
  derivative: (_, d, p) => mul(p, sub(d, sum(mul(d, p), { axes: axis, keepdims: true }))),
  onnx: (graph, inputs) => graph.node("Softmax", inputs, { axis: int(axis) }),
  lanes: null,
  tex: (inputs) => callTex("softmax", inputs),
});

const logNormalizing = (axis: number): Operator => ({
  name: "logSoftmax",
  attributes: { axis },
  shape: ([x]) => x,
  evaluate: ([x], shape) => mapElements((a, sum) => a - Math.log(sum), shifted(x, axis), shape),
  derivative: (_, d, logp) => sub(d, mul(exp(logp), sum(d, { axes: axis, keepdims: true }))),
  onnx: (graph, inputs) => graph.node("LogSoftmax", inputs, { axis: int(axis) }),
  lanes: null,
  tex: (inputs) => callTex("log\\,softmax", inputs),
});
