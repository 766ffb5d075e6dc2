import { type Application, type DType, div, type Expr, mul } from "../../expr/index.ts";
import { rewriteApplications } from "./rewrite.ts";

/**
 * In float32, x / c for a vector x and a scalar c becomes x · (1/c), with 1/c a scalar like any other: computed once in
 * float64, and rounded once when combined with the vector. A division costs as much as several other operations; the result
 * is off by at most one unit in the last place. In float64 divisions stay, so that the bits are the reference's.
 */
export function divideByScalarsOnce(outputs: readonly Expr[], dtype: DType): readonly Expr[] {
  if (dtype === "f64") return outputs;
  return rewriteApplications(outputs, (node, inputs) =>
    isVectorByScalar(node) ? mul(inputs[0], div(1, inputs[1])) : { ...node, inputs },
  );
}

const isVectorByScalar = ({ operator, inputs: [x, c] }: Application): boolean =>
  operator.lanes?.kind === "instruction" &&
  operator.lanes.instruction === "div" &&
  x.shape.length > 0 &&
  c.shape.length === 0;
