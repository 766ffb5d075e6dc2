import { type Application, type DType, div, type Expr, inOrder, mul } from "../../expr/index.ts";

/**
 * In float32, x / c for a vector x and a scalar c becomes x · (1/c), with 1/c a scalar like any other: computed once in
 * float64, and rounded once when combined with the vector. A division costs as much as several other operations; the result
 * is off by at most one unit in the last place. In float64 divisions stay, so that the bits are the reference's.
 */
export function divideByScalarsOnce(outputs: readonly Expr[], dtype: DType): readonly Expr[] {
  if (dtype === "f64") return outputs;
  const rewritten = new Map<Expr, Expr>();
  const latest = (x: Expr): Expr => rewritten.get(x) ?? x;
  for (const node of inOrder(outputs)) {
    if (node.kind !== "apply") continue;
    const inputs = node.inputs.map(latest);
    rewritten.set(node, isVectorByScalar(node) ? mul(inputs[0], div(1, inputs[1])) : { ...node, inputs });
  }
  return outputs.map(latest);
}

const isVectorByScalar = ({ operator, inputs: [x, c] }: Application): boolean =>
  operator.lanes?.kind === "instruction" &&
  operator.lanes.instruction === "div" &&
  x.shape.length > 0 &&
  c.shape.length === 0;
