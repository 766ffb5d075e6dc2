import type { Application } from "../node.ts";
import { int, type OnnxGraph } from "../onnx.ts";
import { onnxType } from "./cast.ts";
import { ERFC_IS_ZERO, erfcPolynomial, erfPolynomial } from "./erf.ts";

/** How an operator of one input is lowered to ONNX nodes. */
export type Lowering = (graph: OnnxGraph, inputs: readonly string[], node: Application) => string;

/** For an ONNX operator that ONNX Runtime only has in float32: composed of other nodes in float64. */
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

/** sinh x = tanh x · cosh x, which is accurate near 0. */
export const sinhNodes: Lowering = (graph, [x], node) =>
  graph.node("Mul", [graph.node("Tanh", [x]), coshNodes(graph, [x], node)]);

/** From 37 on, 1 + eˣ is eˣ even in float64; e⁴⁰ is a float32 number. */
const ONE_IS_NOTHING = 40;

/** σ(x) = eˣ/(1 + eˣ), with a small relative error even where it is small; ONNX Runtime's own has an absolute error of 1e-16 (1e-7). */
export const sigmoidNodes: Lowering = (graph, [x]) => {
  const power = graph.node("Exp", [graph.node("Min", [x, graph.number(ONE_IS_NOTHING)])]);
  return graph.node("Div", [power, graph.node("Add", [power, graph.number(1)])]);
};

/** log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|)): ONNX Runtime's own overflows in float64 and loses small values. */
export const softplusNodes: Lowering = (graph, [x]) => {
  const decay = graph.node("Exp", [graph.node("Neg", [graph.node("Abs", [x])])]);
  const [log, rest] = logOfSum(graph, decay);
  return graph.node("Add", [graph.node("Relu", [x]), graph.node("Add", [log, rest])]);
};

/** log(1 + x) in two parts: log u for the rounded u = 1 + x, and the correction for that rounding: (x − (u − 1))/u. */
function logOfSum(graph: OnnxGraph, x: string): [log: string, rest: string] {
  const u = graph.node("Add", [x, graph.number(1)]);
  const lost = graph.node("Sub", [x, graph.node("Sub", [u, graph.number(1)])]);
  return [graph.node("Log", [u]), graph.node("Div", [lost, u])];
}

/** log(1 + x); beyond ±½ the plain formula is accurate enough. */
export const log1pNodes: Lowering = (graph, [x]) => {
  const [log, rest] = logOfSum(graph, x);
  const isSmall = graph.node("Less", [graph.node("Abs", [x]), graph.number(0.5)]);
  return graph.node("Add", [log, graph.node("Where", [isSmall, rest, graph.number(0)])]);
};

/** eˣ − 1 = tanh(x/2)·(eˣ + 1), which is accurate near 0. */
export const expm1Nodes: Lowering = (graph, [x]) => {
  const half = graph.node("Tanh", [graph.node("Mul", [x, graph.number(0.5)])]);
  return graph.node("Mul", [half, graph.node("Add", [graph.node("Exp", [x]), graph.number(1)])]);
};

/**
 * The float32 result y is off by δ = atan((x·cos y − sin y) / (cos y + x·sin y)), the difference rule of the tangent;
 * δ is below 1e-7, so small that it is its own tangent to the last bit.
 */
export const atanNodes: Lowering = (graph, [x]) => {
  // Beyond this, π/2 is the nearest value, and x·cos y would overflow.
  const bounded = clip(graph, x, 1e17);
  const rough = graph.node("Atan", [graph.node("Cast", [bounded], { to: int(onnxType.f32) })]);
  const y = graph.node("Cast", [rough], { to: int(onnxType.f64) });
  const [sin, cos] = [graph.node("Sin", [y]), graph.node("Cos", [y])];
  const above = graph.node("Sub", [graph.node("Mul", [bounded, cos]), sin]);
  const below = graph.node("Add", [cos, graph.node("Mul", [bounded, sin])]);
  return graph.node("Add", [y, graph.node("Div", [above, below])]);
};

/** asin x = atan(x/√((1 − x)(1 + x))) */
export const asinNodes: Lowering = (graph, [x], node) => {
  const [below, above] = aroundOne(graph, x);
  return atanNodes(graph, [graph.node("Div", [x, graph.node("Sqrt", [graph.node("Mul", [below, above])])])], node);
};

/** acos x = 2·atan √((1 − x)/(1 + x)) */
export const acosNodes: Lowering = (graph, [x], node) => {
  const half = graph.node("Sqrt", [graph.node("Div", aroundOne(graph, x))]);
  return graph.node("Mul", [atanNodes(graph, [half], node), graph.number(2)]);
};

/** 1 − x and 1 + x. */
const aroundOne = (graph: OnnxGraph, x: string): [string, string] => [
  graph.node("Sub", [graph.number(1), x]),
  graph.node("Add", [graph.number(1), x]),
];

/**
 * atan |y/x|, or π minus that if x is negative, with the sign of y. Equal sizes, also infinite ones, have the ratio 1, and
 * two zeros 0. The signs of zeros count.
 */
export const atan2Nodes: Lowering = (graph, [y, x], node) => {
  const [height, width] = [y, x].map((a) => graph.node("Abs", [a]));
  const isEven = graph.node("Equal", [height, width]);
  const ratio = graph.node("Where", [isEven, graph.node("Sign", [width]), graph.node("Div", [height, width])]);
  const angle = composed("Atan", atanNodes)(graph, [ratio], node);
  const turned = graph.node("Sub", [graph.number(Math.PI), angle]);
  const size = graph.node("Where", [isNegative(graph, x), turned, angle]);
  return graph.node("Where", [isNegative(graph, y), graph.node("Neg", [size]), size]);
};

/** Whether x is below 0 or −0, which its reciprocal shows. */
const isNegative = (graph: OnnxGraph, x: string): string => {
  const below = (a: string): string => graph.node("Less", [a, graph.number(0)]);
  return graph.node("Or", [below(x), below(graph.node("Div", [graph.number(1), x]))]);
};

/** erf x = x·p(2x² − 1) up to 1, ±(1 − erfc |x|) beyond. */
export const erfNodes: Lowering = (graph, [x]) => {
  const size = graph.node("Abs", [x]);
  const square = graph.node("Mul", [x, x]);
  const twice = graph.node("Add", [square, graph.node("Sub", [square, graph.number(1)])]);
  const near = graph.node("Mul", [x, polynomial(graph, twice, erfPolynomial)]);
  const far = graph.node("Sub", [graph.number(1), erfcOfSize(graph, size)]);
  const isNear = graph.node("Less", [size, graph.number(1)]);
  return graph.node("Where", [isNear, near, graph.node("Mul", [graph.node("Sign", [x]), far])]);
};

/** In float32 1 − erf x, with an absolute error of 1e-7; in float64 accurate to the last digits, as erfcValue in erf.ts. */
export const erfcNodes: Lowering = (graph, [x], node) => {
  if (node.dtype === "f32") return graph.node("Sub", [graph.number(1), graph.node("Erf", [x])]);
  const ofSize = erfcOfSize(graph, graph.node("Abs", [x]));
  const isBelow = graph.node("Less", [x, graph.number(0)]);
  return graph.node("Where", [isBelow, graph.node("Sub", [graph.number(2), ofSize]), ofSize]);
};

/** erfc z for z ≥ 0. */
function erfcOfSize(graph: OnnxGraph, size: string): string {
  const z = graph.node("Min", [size, graph.number(ERFC_IS_ZERO)]);
  const t = graph.node("Div", [graph.number(2), graph.node("Add", [z, graph.number(2)])]);
  const place = graph.node("Sub", [graph.node("Add", [t, t]), graph.number(1)]);
  const near = graph.node("Mul", [
    graph.node("Floor", [graph.node("Mul", [z, graph.number(16)])]),
    graph.number(1 / 16),
  ]);
  const rest = graph.node("Mul", [graph.node("Sub", [z, near]), graph.node("Add", [z, near])]);
  const [most, last] = [graph.node("Mul", [near, near]), rest].map((y) => graph.node("Exp", [graph.node("Neg", [y])]));
  return [most, last, polynomial(graph, place, erfcPolynomial)].reduce(
    (product, y) => graph.node("Mul", [product, y]),
    t,
  );
}

/** Horner's scheme; coefficients in ascending order. */
const polynomial = (graph: OnnxGraph, x: string, coefficients: readonly number[]): string =>
  coefficients.map((c) => graph.number(c)).reduceRight((sum, c) => graph.node("Add", [graph.node("Mul", [sum, x]), c]));

/** x, clipped to ±`bound`. */
const clip = (graph: OnnxGraph, x: string, bound: number): string =>
  graph.node("Min", [graph.node("Max", [x, graph.number(-bound)]), graph.number(bound)]);
