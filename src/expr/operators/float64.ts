import type { Application } from "../node.ts";
import { int, type OnnxGraph } from "../onnx.ts";
import { onnxType } from "./cast.ts";

/** How an operator of one input is lowered to ONNX nodes. */
export type Lowering = (graph: OnnxGraph, inputs: readonly string[], node: Application) => string;

/** An ONNX operator that ONNX Runtime has (or has right) in float32 only, and what it is composed of in float64. */
export const composed =
  (type: string, inFloat64: Lowering): Lowering =>
  (graph, inputs, node) =>
    node.dtype === "f32" ? graph.node(type, inputs) : inFloat64(graph, inputs, node);

/** tan x = sin x / cos x */
export const tanNodes: Lowering = (graph, [x]) => graph.node("Div", [graph.node("Sin", [x]), graph.node("Cos", [x])]);

/** cosh x = ½eˣ + ½e⁻ˣ */
export const coshNodes: Lowering = (graph, [x]) => {
  const half = (power: string): string => graph.node("Mul", [graph.number(0.5), graph.node("Exp", [power])]);
  return graph.node("Add", [half(x), half(graph.node("Neg", [x]))]);
};

/** sinh x = tanh x · cosh x, which keeps its digits near 0. */
export const sinhNodes: Lowering = (graph, [x], node) =>
  graph.node("Mul", [graph.node("Tanh", [x]), coshNodes(graph, [x], node)]);

/** log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|)): ONNX Runtime's own overflows in float64. */
export const softplusNodes: Lowering = (graph, [x]) => {
  const decay = graph.node("Exp", [graph.node("Neg", [graph.node("Abs", [x])])]);
  const tail = graph.node("Log", [graph.node("Add", [graph.number(1), decay])]);
  return graph.node("Add", [graph.node("Relu", [x]), tail]);
};

/**
 * The float32 result y is off by δ = atan((x·cos y − sin y) / (cos y + x·sin y)), the difference rule of the tangent;
 * δ is below 1e-7, so small that it is its own tangent to the last bit.
 */
export const atanNodes: Lowering = (graph, [x]) => {
  // Beyond, π/2 is the nearest number, and x·cos y would overflow.
  const bounded = clip(graph, x, 1e17);
  const rough = graph.node("Atan", [graph.node("Cast", [bounded], { to: int(onnxType.f32) })]);
  const y = graph.node("Cast", [rough], { to: int(onnxType.f64) });
  const [sin, cos] = [graph.node("Sin", [y]), graph.node("Cos", [y])];
  const above = graph.node("Sub", [graph.node("Mul", [bounded, cos]), sin]);
  const below = graph.node("Add", [cos, graph.node("Mul", [bounded, sin])]);
  return graph.node("Add", [y, graph.node("Div", [above, below])]);
};

/** Terms after which the series below has settled: e^(−(30/5)²)/30 < 1e-17. */
const TERMS = Array.from({ length: 30 }, (_, k) => k + 1);

/**
 * erf x = 2/π · (x/5 + Σ e^(−(n/5)²)/n · sin(2nx/5)), exact to 1e-16 for |x| ≤ 6, beyond which erf x is ±1
 * (Strecok 1968, "On the calculation of the inverse of the error function", Math. Comp. 22). 30 sines for each number.
 */
export const erfNodes: Lowering = (graph, [x], node) => {
  const bounded = clip(graph, x, 6);
  const column = graph.node("Reshape", [bounded, graph.ints([...node.shape, 1])], { allowzero: int(1) });
  const angles = graph.node("Mul", [column, graph.numbers(TERMS.map((n) => (2 * n) / 5))]);
  const weights = graph.numbers(TERMS.map((n) => ((2 / Math.PI) * Math.exp(-((n / 5) ** 2))) / n));
  const waves = graph.node("Mul", [graph.node("Sin", [angles]), weights]);
  const series = graph.node("ReduceSum", [waves, graph.ints([-1])], { keepdims: int(0) });
  return graph.node("Add", [graph.node("Mul", [bounded, graph.number(2 / (5 * Math.PI))]), series]);
};

/** The number itself, but no further from 0 than `bound`. */
const clip = (graph: OnnxGraph, x: string, bound: number): string =>
  graph.node("Clip", [x, graph.number(-bound), graph.number(bound)]);
