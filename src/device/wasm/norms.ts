import {
  type Application,
  type DType,
  type Expr,
  greaterEqual,
  less,
  mul,
  sqrt,
  sum,
  where,
} from "../../expr/index.ts";
import { rewriteApplications } from "./rewrite.ts";

/** The scale for numbers whose squares are out of range: 2⁻⁶⁰⁰ brings 10³⁰⁸ into range, and 2⁶⁰⁰ the smallest number. */
const FAR = 2 ** 600;
/** A sum of squares above this is not affected by squares that have lost digits, which are below 2⁻¹⁰²². */
const LEAST = 2 ** -900;

/**
 * In float64, ‖x‖ becomes √Σx² where that sum is in range, else 2⁶⁰⁰·√Σ(2⁻⁶⁰⁰x)² or 2⁻⁶⁰⁰·√Σ(2⁶⁰⁰x)²: all three sums
 * are accumulated in one loop, and scaling by powers of two changes no digit (J. L. Blue 1978, "A portable Fortran program
 * to find the Euclidean norm of a vector", ACM TOMS 4). Squares of float32 elements are summed in float64, where they fit.
 */
export function keepNormsInRange(outputs: readonly Expr[], dtype: DType): readonly Expr[] {
  if (dtype === "f32") return outputs;
  return rewriteApplications(outputs, (node, inputs) => (isNorm(node) ? normInRange(inputs[0]) : { ...node, inputs }));
}

/** A norm of a whole vector. */
const isNorm = ({ operator, inputs: [x], shape }: Application): boolean =>
  operator.name === "norm" && x.shape.length > 0 && shape.length === 0;

function normInRange(x: Expr): Expr {
  const squares = (y: Expr): Expr => sum(mul(y, y));
  const plain = squares(x);
  const large = mul(FAR, sqrt(squares(mul(x, 1 / FAR))));
  const small = mul(1 / FAR, sqrt(squares(mul(x, FAR))));
  return where(greaterEqual(plain, LEAST), where(less(plain, Number.POSITIVE_INFINITY), sqrt(plain), large), small);
}
