import type { Expr } from "../../expr/index.ts";
import { float64 } from "./arithmetic.ts";
import { type Code, f64, get } from "./instructions.ts";
import type { Plan } from "./plan.ts";
import { type Imports, Values } from "./values.ts";
import { type Func, Locals } from "./wasm.ts";

/** The first parameter of every function is the address of the cells. The last is the number of elements. */
export const CELLS = 0;
const LENGTH = 1;

/** A scalar's value, from its cell. */
export function loadCell(plan: Plan, x: Expr): Code {
  return x.kind === "constant" ? f64.const(x.value.data[0]) : [get(CELLS), f64.load(offsetOf(plan, x))];
}

export const storeCell = (plan: Plan, x: Expr, value: Code): Code => [get(CELLS), value, f64.store(offsetOf(plan, x))];

function offsetOf(plan: Plan, x: Expr): number {
  const cell = plan.cells.get(x);
  if (cell === undefined) throw new Error("a scalar has no cell");
  return 8 * cell;
}

/** The k-th stage: straight-line code in float64. */
export function stageFunction(plan: Plan, k: number, imports: Imports): Func {
  const steps = plan.stages[k];
  const ended = plan.sweeps[k - 1]?.totals ?? [];
  const begun = plan.sweeps[k]?.totals ?? [];
  const results = k === plan.sweeps.length ? plan.results : [];
  const computed = new Set<Expr>([...ended, ...steps].map(({ node }) => node));
  const used = new Set<Expr>([...steps.flatMap(({ node }) => node.inputs), ...results.map(([x]) => x)]);

  const locals = new Locals("i32", "i32");
  const values = new Values(float64, locals, imports);
  const length = [get(LENGTH), f64.fromInteger];
  const body = [
    [...used].filter((x) => !computed.has(x)).map((x) => [loadCell(plan, x), values.keep(x)]),
    ended.map(({ node, reduction }) => [reduction.result(loadCell(plan, node), length), values.keep(node)]),
    steps.map(({ node, lanes }) => values.compute(node, lanes)),
    [...computed].filter((x) => plan.cells.has(x)).map((x) => storeCell(plan, x, values.number(x))),
    begun.map(({ node, reduction }) => storeCell(plan, node, f64.const(reduction.start))),
    results.map(([x, cell]) => [get(CELLS), values.number(x), f64.store(8 * cell)]),
  ];
  return { name: `stage${k}`, locals, body };
}
