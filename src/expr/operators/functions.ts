import { call, instruction } from "../lanes.ts";
import { atom, binding, bracket } from "../tex.ts";
import { add, div, mul, neg, sub } from "./arithmetic.ts";
import { lessEqual, where } from "./comparison.ts";
import { unary } from "./elementwise.ts";
import { erfcValue, erfValue } from "./erf.ts";
import {
  composed,
  coshNodes,
  erfcNodes,
  erfNodes,
  expm1Nodes,
  log1pNodes,
  sigmoidNodes,
  sinhNodes,
  softplusNodes,
  tanNodes,
} from "./lowerings.ts";

/** √x. The derivative at 0 is infinite. */
export const sqrt = unary({
  name: "sqrt",
  value: Math.sqrt,
  lanes: instruction("sqrt"),
  derivatives: [(d, _, root) => div(d, mul(2, root))],
  onnx: "Sqrt",
  tex: ([x]) => atom(`\\sqrt{${x.text}}`),
});

/** eˣ. */
export const exp = unary({
  name: "exp",
  value: Math.exp,
  lanes: call("exp", Math.exp),
  derivatives: [(d, _, power) => mul(d, power)],
  onnx: "Exp",
  tex: ([x]) => ({ text: `e^{${x.text}}`, binds: binding.power }),
});

/** The natural logarithm. */
export const log = unary({
  name: "log",
  value: Math.log,
  lanes: call("log", Math.log),
  derivatives: [(d, [x]) => div(d, x)],
  onnx: "Log",
});

/** log(1 + x), accurate for small x. */
export const log1p = unary({
  name: "log1p",
  value: Math.log1p,
  lanes: call("log1p", Math.log1p),
  derivatives: [(d, [x]) => div(d, add(1, x))],
  onnx: log1pNodes,
  tex: ([x]) => atom(`\\log\\left(1 + ${bracket(x, binding.product)}\\right)`),
});

/** eˣ − 1, accurate for small x. */
export const expm1 = unary({
  name: "expm1",
  value: Math.expm1,
  lanes: call("expm1", Math.expm1),
  derivatives: [(d, [x]) => mul(d, exp(x))],
  onnx: expm1Nodes,
  tex: ([x]) => ({ text: `e^{${x.text}} - 1`, binds: binding.sum }),
});

/** The sine of an angle in radians. */
export const sin = unary({
  name: "sin",
  value: Math.sin,
  lanes: call("sin", Math.sin),
  derivatives: [(d, [x]) => mul(d, cos(x))],
  onnx: "Sin",
});

/** The cosine of an angle in radians. */
export const cos = unary({
  name: "cos",
  value: Math.cos,
  lanes: call("cos", Math.cos),
  derivatives: [(d, [x]) => neg(mul(d, sin(x)))],
  onnx: "Cos",
});

/** The tangent of an angle in radians. */
export const tan = unary({
  name: "tan",
  value: Math.tan,
  lanes: call("tan", Math.tan),
  derivatives: [(d, _, t) => mul(d, add(1, mul(t, t)))],
  onnx: composed("Tan", tanNodes),
});

/** The hyperbolic sine, ½(eˣ − e⁻ˣ). */
export const sinh = unary({
  name: "sinh",
  value: Math.sinh,
  lanes: call("sinh", Math.sinh),
  derivatives: [(d, [x]) => mul(d, cosh(x))],
  onnx: composed("Sinh", sinhNodes),
});

/** The hyperbolic cosine, ½(eˣ + e⁻ˣ). */
export const cosh = unary({
  name: "cosh",
  value: Math.cosh,
  lanes: call("cosh", Math.cosh),
  derivatives: [(d, [x]) => mul(d, sinh(x))],
  onnx: composed("Cosh", coshNodes),
});

/** The hyperbolic tangent, sinh x / cosh x. */
export const tanh = unary({
  name: "tanh",
  value: Math.tanh,
  lanes: call("tanh", Math.tanh),
  derivatives: [(d, _, t) => mul(d, sub(1, mul(t, t)))],
  onnx: "Tanh",
});

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** The logistic function 1/(1 + e⁻ˣ), without overflow on either side. */
export const sigmoid = unary({
  name: "sigmoid",
  value: logistic,
  lanes: call("sigmoid", logistic),
  derivatives: [(d, _, s) => mul(d, mul(s, sub(1, s)))],
  onnx: sigmoidNodes,
  tex: ([x]) => atom(`\\sigma\\left(${x.text}\\right)`),
});

const logOnePlusExp = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** log(1 + eˣ), without overflow. */
export const softplus = unary({
  name: "softplus",
  value: logOnePlusExp,
  lanes: call("softplus", logOnePlusExp),
  derivatives: [(d, [x]) => mul(d, sigmoid(x))],
  onnx: softplusNodes,
});

/** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf = unary({
  name: "erf",
  value: erfValue,
  lanes: call("erf", erfValue),
  derivatives: [(d, [x]) => mul(d, mul(2 / Math.sqrt(Math.PI), exp(neg(mul(x, x)))))],
  onnx: composed("Erf", erfNodes),
});

/** 1 − erf x, accurate where it is small. */
export const erfc = unary({
  name: "erfc",
  value: erfcValue,
  lanes: call("erfc", erfcValue),
  derivatives: [(d, [x]) => neg(mul(d, mul(2 / Math.sqrt(Math.PI), exp(neg(mul(x, x))))))],
  onnx: erfcNodes,
});

/** max(x, 0); the derivative at 0 is taken as 0, and NaN stays NaN. */
export const relu = unary({
  name: "relu",
  value: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  lanes: { kind: "rectify" },
  derivatives: [(d, _, y) => where(lessEqual(y, 0), 0, d)],
  onnx: "Relu",
  tex: ([x]) => atom(`\\max\\left(0, ${bracket(x, binding.sum)}\\right)`),
});
