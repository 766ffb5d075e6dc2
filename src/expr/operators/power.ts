import { call } from "../lanes.ts";
import { apply, type Expr, lift, numberOf, type Operand } from "../node.ts";
import { binding, bracket } from "../tex.ts";
import { mul, sub } from "./arithmetic.ts";
import { greater, where } from "./comparison.ts";
import { binary, elementwise } from "./elementwise.ts";
import { log } from "./functions.ts";

/** Exponents that are multiplied out; beyond, Math.pow is as exact and faster. */
const LARGEST_WHOLE_POWER = 64;

/** aᵇ. A whole constant exponent up to 64 in size is multiplied out, so x^2 is x·x to the last bit. */
export function pow(a: Operand, b: Operand): Expr {
  const exponent = numberOf(b);
  if (exponent !== undefined && Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_WHOLE_POWER)
    return apply(wholePower(exponent), lift(a));
  return generalPower(a, b);
}

const generalPower = binary({
  name: "pow",
  value: (a, b) => a ** b,
  lanes: call("pow", (a, b) => a ** b),
  derivatives: [
    (d, [a, b]) => mul(d, mul(b, pow(a, sub(b, 1)))),
    (d, [a], power) => mul(d, mul(power, where(greater(a, 0), log(a), 0))),
  ],
  onnx: "Pow",
  tex: ([a, b]) => ({ text: `${bracket(a, binding.atom)}^{${b.text}}`, binds: binding.power }),
});

/** xⁿ by repeated squaring, in the order that the compilers keep: the bits agree. */
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
    onnx: (graph, [x]) => (exponent === 2 ? graph.node("Mul", [x, x]) : graph.node("Pow", [x, graph.number(exponent)])),
    tex: ([x]) => ({ text: `${bracket(x, binding.atom)}^{${exponent}}`, binds: binding.power }),
  });
