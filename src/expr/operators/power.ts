import { call } from "../lanes.ts";
import { apply, type Expr, lift, numberOf, type Operand } from "../node.ts";
import type { OnnxGraph } from "../onnx.ts";
import { binding, bracket } from "../tex.ts";
import { mul, sub } from "./arithmetic.ts";
import { equal, greater, where } from "./comparison.ts";
import { binary, elementwise } from "./elementwise.ts";
import { log } from "./functions.ts";

/** The largest exponent that is multiplied out; beyond, Math.pow is as accurate and faster. */
const LARGEST_WHOLE_POWER = 64;

/** aᵇ. A whole constant exponent up to ±64 is multiplied out, so x^2 is x·x to the last bit. */
export function pow(a: Operand, b: Operand): Expr {
  const exponent = numberOf(b);
  if (exponent !== undefined && Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_WHOLE_POWER)
    return apply(wholePower(exponent), lift(a));
  return generalPower(a, b);
}

/** As in C99 and Python, 1 to any power is 1, and so is −1 to an infinite one; JavaScript has NaN there. */
const power = (a: number, b: number): number =>
  a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY) ? 1 : a ** b;

const generalPower = binary({
  name: "pow",
  value: power,
  // V8 recognises this very function, and calls it from WebAssembly without a detour through JavaScript. The compiler
  // handles the powers of 1 and −1.
  lanes: call("pow", Math.pow),
  derivatives: [
    (d, [a, b]) => mul(d, slope(a, b)),
    // Only positive numbers have a logarithm; elsewhere the power is not smooth in b.
    (d, [a], power) => mul(d, mul(power, log(where(greater(a, 0), a, 1)))),
  ],
  onnx: "Pow",
  tex: ([a, b]) => ({ text: `${bracket(a, binding.atom)}^{${b.text}}`, binds: binding.power }),
});

/** b·aᵇ⁻¹; for 0⁰ it is 0 rather than 0·∞. */
function slope(a: Expr, b: Expr): Expr {
  const n = numberOf(b);
  if (n !== undefined) return mul(n, pow(a, n - 1));
  const bothZero = mul(equal(a, 0), equal(b, 0));
  return mul(b, pow(where(bothZero, 1, a), sub(b, 1)));
}

/** xⁿ by repeated squaring, in the same order as the compilers, so that the bits agree. */
export function multiplyOut(x: number, exponent: number): number {
  let result = 1;
  let square = x;
  for (let n = Math.abs(exponent); n > 0; n >>= 1) {
    if (n & 1) result = result === 1 ? square : result * square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}

const wholePower = (exponent: number) =>
  elementwise({
    name: "pow",
    attributes: { exponent },
    value: (x) => multiplyOut(x, exponent),
    lanes: { kind: "power", exponent },
    derivatives: [exponent === 0 ? null : (d, [x]) => mul(d, mul(exponent, pow(x, exponent - 1)))],
    onnx: (graph, [x]) => multiplyNodes(graph, x, exponent),
    tex: ([x]) => ({ text: `${bracket(x, binding.atom)}^{${exponent}}`, binds: binding.power }),
  });

/** The same multiplications as ONNX nodes, since its Pow is slow and rounds differently. */
function multiplyNodes(graph: OnnxGraph, x: string, exponent: number): string {
  if (exponent === 0) return graph.node("Pow", [x, graph.number(0)]);
  let result: string | undefined;
  let square = x;
  for (let n = Math.abs(exponent); n > 0; n >>= 1) {
    if (n & 1) result = result === undefined ? square : graph.node("Mul", [result, square]);
    if (n > 1) square = graph.node("Mul", [square, square]);
  }
  return exponent < 0 ? graph.node("Div", [graph.number(1), result ?? x]) : (result ?? x);
}
