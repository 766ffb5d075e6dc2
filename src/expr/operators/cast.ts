import { type Application, apply, type Constant, type DType, type Expr, isUntyped, type Operator } from "../node.ts";
import { int } from "../onnx.ts";
import { inOrder } from "../program.ts";

/** ONNX's codes of the element types. */
export const onnxType = { f32: 1, f64: 11 } as const;

const casting = (dtype: DType): Operator => ({
  name: "cast",
  attributes: { dtype },
  shape: ([x]) => x,
  evaluate: ([x]) => x,
  derivative: (_, adjoint, node) => cast(adjoint, node.inputs[0].dtype),
  onnx: (graph, inputs) => graph.node("Cast", inputs, { to: int(onnxType[dtype]) }),
  lanes: { kind: "same" },
  tex: ([x]) => x,
});

const toType = { f32: casting("f32"), f64: casting("f64") };

/** Converts to the other type; a constant just changes its type. The reference interpreter always computes in float64. */
export function cast(x: Expr, dtype: DType): Expr {
  if (x.kind === "constant") return typed(x, dtype);
  if (x.dtype === dtype) return x.kind === "apply" && x.untyped ? { ...x, untyped: false } : x;
  const node: Application = { ...apply(toType[dtype], x), dtype, untyped: false };
  return node;
}

/** The expression as an operand of this type: untyped expressions are computed in it. */
export function inType(x: Expr, dtype: DType): Expr {
  if (x.dtype === dtype) return x;
  return isUntyped(x) ? computedIn(x, dtype) : cast(x, dtype);
}

/** The same expression with its constants in another type. */
function computedIn(expr: Expr, dtype: DType): Expr {
  const made = new Map<Expr, Expr>();
  for (const node of inOrder([expr]))
    if (node.kind === "constant") made.set(node, typed(node, dtype));
    else if (node.kind === "apply")
      made.set(node, { ...node, inputs: node.inputs.map((x) => made.get(x) ?? x), dtype, untyped: false });
  return made.get(expr) ?? expr;
}

const typed = (x: Constant, dtype: DType): Constant =>
  x.dtype === dtype && !isUntyped(x) ? x : { ...x, dtype, untyped: false };
