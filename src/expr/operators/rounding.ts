import { call, instruction } from "../lanes.ts";
import { apply, type Expr, type Operand } from "../node.ts";
import type { OnnxGraph } from "../onnx.ts";
import { binding, bracket, operand } from "../tex.ts";
import { div, max, mul, neg, sub } from "./arithmetic.ts";
import { greater, less, lessEqual, where } from "./comparison.ts";
import { alike, binary, elementwise, unary } from "./elementwise.ts";

/** Rounds halves to even, as IEEE 754, NumPy and PyTorch do. */
function nearest(x: number): number {
  const up = Math.round(x);
  return Math.abs(x % 1) === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/** The nearest whole number, with halves to even: 0.5 to 0, 1.5 and 2.5 to 2. */
export const round = unary({
  name: "round",
  value: nearest,
  lanes: instruction("nearest"),
  derivatives: [null],
  onnx: "Round",
});

/** JavaScript's % has the dividend's sign; if it differs from the divisor's, add the divisor. */
function floorMod(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** The same as ONNX nodes, whose Mod is JavaScript's % for floating point. */
function floorModNodes(graph: OnnxGraph, [a, b]: readonly string[]): string {
  const rest = graph.node("Mod", [a, b], { fmod: { int: 1 } });
  const below = (x: string): string => graph.node("Less", [x, graph.number(0)]);
  const signsDiffer = graph.node("Xor", [below(rest), below(b)]);
  const isRest = graph.node("Not", [graph.node("Equal", [rest, graph.number(0)])]);
  const moved = graph.node("Add", [rest, b]);
  return graph.node("Where", [graph.node("And", [isRest, signsDiffer]), moved, rest]);
}

/** a − b·⌊a/b⌋, exact, with the divisor's sign, as Python's % and torch.remainder: mod(−1, 3) = 2. */
export const mod = binary({
  name: "mod",
  value: floorMod,
  lanes: call("mod", floorMod),
  derivatives: [(d) => d, (d, [a, b], rest) => neg(mul(d, round(div(sub(a, rest), b))))],
  onnx: floorModNodes,
  tex: ([a, b]) => ({
    text: `${bracket(a, binding.product)} \\bmod ${operand(b, binding.sign)}`,
    binds: binding.product,
  }),
});

const clipping = elementwise({
  name: "clip",
  value: (x, low, high) => Math.min(Math.max(x, low), high),
  lanes: { kind: "clip" },
  derivatives: [
    (d, [x, low, high]) => where(less(x, low), 0, where(greater(x, high), 0, d)),
    (d, [x, low, high]) => where(less(x, low), where(lessEqual(low, high), d, 0), 0),
    (d, [x, low, high]) => where(greater(max(x, low), high), d, 0),
  ],
  onnx: (graph, [x, low, high]) => graph.node("Min", [graph.node("Max", [x, low]), high]),
});

/** x clipped to [`low`, `high`]. The derivative with respect to x is 1 at the bounds, too, as in PyTorch. */
export const clip = (x: Operand, low: Operand, high: Operand): Expr => apply(clipping, ...alike([x, low, high]));
