import { call, instruction } from "../lanes.ts";
import type { Expr } from "../node.ts";
import { binding, bracket, operand, product } from "../tex.ts";
import { equal, greater, less, where } from "./comparison.ts";
import { binary, unary } from "./elementwise.ts";

/** a + b. */
export const add = binary({
  name: "add",
  value: (a, b) => a + b,
  lanes: instruction("add"),
  derivatives: [(d) => d, (d) => d],
  onnx: "Add",
  tex: ([a, b]) => ({
    text: `${bracket(a, binding.sum)} + ${operand(b, binding.product)}`,
    binds: binding.sum,
  }),
});

/** a − b. */
export const sub = binary({
  name: "sub",
  value: (a, b) => a - b,
  lanes: instruction("sub"),
  derivatives: [(d) => d, (d) => neg(d)],
  onnx: "Sub",
  tex: ([a, b]) => ({
    text: `${bracket(a, binding.sum)} - ${operand(b, binding.product)}`,
    binds: binding.sum,
  }),
});

/** a·b, element by element. */
export const mul = binary({
  name: "mul",
  value: (a, b) => a * b,
  lanes: instruction("mul"),
  derivatives: [(d, [, b]) => mul(d, b), (d, [a]) => mul(d, a)],
  onnx: "Mul",
  tex: ([a, b]) => ({ text: product(bracket(a, binding.product), operand(b, binding.sign)), binds: binding.product }),
});

/** a/b, element by element. */
export const div = binary({
  name: "div",
  value: (a, b) => a / b,
  lanes: instruction("div"),
  derivatives: [(d, [, b]) => div(d, b), (d, [, b], quotient) => neg(div(mul(d, quotient), b))],
  onnx: "Div",
  tex: ([a, b]) => ({ text: `\\frac{${a.text}}{${b.text}}`, binds: binding.power }),
});

/** −x. */
export const neg = unary({
  name: "neg",
  value: (x) => -x,
  lanes: instruction("neg"),
  derivatives: [(d) => neg(d)],
  onnx: "Neg",
  tex: ([x]) => ({ text: `-${operand(x, binding.product)}`, binds: binding.sign }),
});

/** |x|; the derivative at 0 is taken as 0. */
export const abs = unary({
  name: "abs",
  value: Math.abs,
  lanes: instruction("abs"),
  derivatives: [(d, [x]) => mul(d, sign(x))],
  onnx: "Abs",
  tex: ([x]) => ({ text: `\\left|${x.text}\\right|`, binds: binding.atom }),
});

/** −1, 0 or 1. */
export const sign = unary({
  name: "sign",
  value: Math.sign,
  lanes: call("sign", Math.sign),
  derivatives: [null],
  onnx: "Sign",
});

/** The largest whole number not above x; its derivative is 0. */
export const floor = unary({
  name: "floor",
  value: Math.floor,
  lanes: instruction("floor"),
  derivatives: [null],
  onnx: "Floor",
  tex: ([x]) => ({ text: `\\left\\lfloor ${x.text} \\right\\rfloor`, binds: binding.atom }),
});

/** The smallest whole number not below x; its derivative is 0. */
export const ceil = unary({
  name: "ceil",
  value: Math.ceil,
  lanes: instruction("ceil"),
  derivatives: [null],
  onnx: "Ceil",
  tex: ([x]) => ({ text: `\\left\\lceil ${x.text} \\right\\rceil`, binds: binding.atom }),
});

/** The smaller of two; for equal operands each gets half of the derivative. */
export const min = binary({
  name: "min",
  value: Math.min,
  lanes: instruction("min"),
  derivatives: [
    (d, [a, b]) => unless(greater(a, b), d, equal(a, b)),
    (d, [a, b]) => unless(greater(b, a), d, equal(a, b)),
  ],
  onnx: "Min",
});

/** The larger of two; for equal operands each gets half of the derivative. */
export const max = binary({
  name: "max",
  value: Math.max,
  lanes: instruction("max"),
  derivatives: [(d, [a, b]) => unless(less(a, b), d, equal(a, b)), (d, [a, b]) => unless(less(b, a), d, equal(a, b))],
  onnx: "Max",
});

/** The derivative d is 0 for the operand not chosen, half for a tie, else d; also d if one is NaN, as the result is then. */
const unless = (lost: Expr, d: Expr, tied: Expr): Expr => where(lost, 0, where(tied, mul(0.5, d), d));
