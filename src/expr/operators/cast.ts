import { type Application, apply, type DType, type Expr, type Operator } from "../node.ts";
import { int } from "../onnx.ts";

/** ONNX's numbers for the element types. */
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

/** The same numbers in the other type; a constant just changes its type. The reference interpreter keeps float64 throughout. */
export function cast(x: Expr, dtype: DType): Expr {
  if (x.dtype === dtype) return x;
  if (x.kind === "constant") return { ...x, dtype };
  const node: Application = { ...apply(toType[dtype], x), dtype };
  return node;
}
