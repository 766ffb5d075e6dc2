import type { LaneComparison } from "../lanes.ts";
import { apply, type Expr, type Operand } from "../node.ts";
import { atom, binding, bracket } from "../tex.ts";
import { alike, binary, elementwise } from "./elementwise.ts";

const comparison = (
  name: string,
  value: (a: number, b: number) => boolean,
  lane: LaneComparison,
  onnx: readonly string[],
  symbol: string,
) =>
  binary({
    name,
    value: (a, b) => (value(a, b) ? 1 : 0),
    lanes: { kind: "compare", comparison: lane },
    derivatives: [null, null],
    onnx: (graph, inputs) =>
      graph.fromCondition(onnx.reduce((names, type) => [graph.node(type, names)], [...inputs])[0]),
    tex: ([a, b]) => ({
      text: `${bracket(a, binding.sum)} ${symbol} ${bracket(b, binding.sum)}`,
      binds: binding.comparison,
    }),
  });

/** 1 where a < b, else 0. The derivative of a comparison is 0. */
export const less = comparison("less", (a, b) => a < b, "lt", ["Less"], "<");
/** 1 where a ≤ b, else 0. */
export const lessEqual = comparison("lessEqual", (a, b) => a <= b, "le", ["LessOrEqual"], "\\le");
/** 1 where a > b, else 0. */
export const greater = comparison("greater", (a, b) => a > b, "gt", ["Greater"], ">");
/** 1 where a ≥ b, else 0. */
export const greaterEqual = comparison("greaterEqual", (a, b) => a >= b, "ge", ["GreaterOrEqual"], "\\ge");
/** 1 where a = b, else 0. */
export const equal = comparison("equal", (a, b) => a === b, "eq", ["Equal"], "=");
/** 1 where a ≠ b, else 0. */
export const notEqual = comparison("notEqual", (a, b) => a !== b, "ne", ["Equal", "Not"], "\\ne");

const choice = elementwise({
  name: "where",
  value: (condition, a, b) => (condition !== 0 ? a : b),
  lanes: { kind: "select" },
  derivatives: [null, (d, [condition]) => where(condition, d, 0), (d, [condition]) => where(condition, 0, d)],
  onnx: (graph, [condition, a, b]) => graph.node("Where", [graph.condition(condition), a, b]),
  tex: ([condition, a, b]) =>
    atom(`\\begin{cases}${a.text} & ${condition.text} \\\\ ${b.text} & \\text{otherwise}\\end{cases}`),
});

/** `a` where the condition is not 0, else `b`. */
export function where(condition: Operand, a: Operand, b: Operand): Expr {
  const [first, second] = alike([a, b]);
  const [test] = alike([condition]);
  return apply(choice, ...alike([test, first, second]));
}
