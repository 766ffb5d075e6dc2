import { type Expr, type Shape, sizeOf, withDerivatives } from "../expr/index.ts";
import { add, div, mean, mul, neg, pow, reshape, sqrt, sub } from "../expr/operators/index.ts";

/**
 * (x − μ)/√(σ² + eps), with μ and σ² the mean and the variance of each example's groups: equal parts, one after the other, of its values.
 *
 * @param x [batch, ...shape]; groups must divide the first length of shape, or be 1
 */
export function normalizeGroups(x: Expr, groups: number, eps: number): Expr {
  const parts = reshape(x, [x.shape[0], groups, -1]);
  const over = { axes: 2, keepdims: true };
  const centred = sub(parts, mean(parts, over));
  const σ = sqrt(add(mean(pow(centred, 2), over), eps));
  return reshape(withDerivatives(div(centred, σ), [parts], backward), x.shape);

  // ∂x = (d − mean(d) − (x − μ)/σ²·mean(d·(x − μ)))/σ, in few passes over memory.
  function backward(d: Expr): Expr[] {
    const slope = neg(div(mean(mul(d, centred), over), pow(σ, 3)));
    const constant = neg(div(mean(d, over), σ));
    return [add(add(div(d, σ), mul(centred, slope)), constant)];
  }
}

/** Throws a RangeError for an eps that is not positive, and for groups of one value, of which normalisation would leave nothing. */
export function checkGroups(kind: string, inputShape: Shape, groups: number, eps: number): void {
  if (!(eps > 0)) throw new RangeError(`${kind}: eps is ${eps}; it must be greater than 0, such as 1e-5`);
  if (sizeOf(inputShape) <= groups)
    throw new RangeError(
      `${kind}: a single value would be normalised by itself, which leaves 0 whatever it is; give it ${groups === 1 ? "examples of more values" : "fewer groups"}`,
    );
}
