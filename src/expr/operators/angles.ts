import { call } from "../lanes.ts";
import type { Expr } from "../node.ts";
import { atom } from "../tex.ts";
import { abs, add, div, mul, neg, sub } from "./arithmetic.ts";
import { greaterEqual, where } from "./comparison.ts";
import { binary, unary } from "./elementwise.ts";
import { sqrt } from "./functions.ts";
import { acosNodes, asinNodes, atan2Nodes, atanNodes, composed } from "./lowerings.ts";

/** The inverse tangent, in (−π/2, π/2). */
export const atan = unary({
  name: "atan",
  value: Math.atan,
  lanes: call("atan", Math.atan),
  derivatives: [(d, [x]) => div(d, add(1, mul(x, x)))],
  onnx: composed("Atan", atanNodes),
  tex: ([x]) => atom(`\\arctan\\left(${x.text}\\right)`),
});

/** √(1 − x²), factored to stay accurate near ±1. */
const cosineOf = (x: Expr): Expr => sqrt(mul(sub(1, x), add(1, x)));

/** The inverse sine, in [−π/2, π/2]; NaN beyond ±1. */
export const asin = unary({
  name: "asin",
  value: Math.asin,
  lanes: call("asin", Math.asin),
  derivatives: [(d, [x]) => div(d, cosineOf(x))],
  onnx: composed("Asin", asinNodes),
  tex: ([x]) => atom(`\\arcsin\\left(${x.text}\\right)`),
});

/** The inverse cosine, in [0, π]; NaN beyond ±1. */
export const acos = unary({
  name: "acos",
  value: Math.acos,
  lanes: call("acos", Math.acos),
  derivatives: [(d, [x]) => neg(div(d, cosineOf(x)))],
  onnx: composed("Acos", acosNodes),
  tex: ([x]) => atom(`\\arccos\\left(${x.text}\\right)`),
});

/** The angle of the point (x, y), atan2(y, x) in [−π, π], by the signs of both, including those of zeros. */
export const atan2 = binary({
  name: "atan2",
  value: Math.atan2,
  lanes: call("atan2", Math.atan2),
  derivatives: [(d, [y, x]) => mul(d, overSquares(x, y)), (d, [y, x]) => neg(mul(d, overSquares(y, x)))],
  onnx: (graph, [y, x], node) => atan2Nodes(graph, [y, x], node),
});

/** p/(p² + q²) without squares: 1/(p + q·(q/p)) if p is larger, else (p/q)/(q + p·(p/q)). */
const overSquares = (p: Expr, q: Expr): Expr =>
  where(greaterEqual(abs(p), abs(q)), div(1, add(p, mul(q, div(q, p)))), div(div(p, q), add(q, mul(p, div(p, q)))));
