import { type Expr, type Shape, sizeOf } from "../expr/index.ts";
import { add, div, mean, pow, reshape, sqrt, sub } from "../expr/operators/index.ts";

/**
 * (x − μ)/√(σ² + eps), with μ and σ² the mean and the variance of each example's groups: equal parts, one after the other, of its values.
 *
 * @param x [batch, ...shape]; groups must divide the first length of shape, or be 1
 */
export function normalizeGroups(x: Expr, groups: number, eps: number): Expr {
  const parts = reshape(x, [x.shape[0], groups, -1]);
  const centred = sub(parts, mean(parts, { axes: 2, keepdims: true }));
  const variance = mean(pow(centred, 2), { axes: 2, keepdims: true });
  return reshape(div(centred, sqrt(add(variance, eps))), x.shape);
}

/** Throws a RangeError for an eps that is not positive, and for groups of one value, of which normalisation would leave nothing. */
export function checkGroups(kind: string, inputShape: Shape, groups: number, eps: number): void {
  if (!(eps > 0)) throw new RangeError(`${kind}: eps is ${eps}; it must be greater than 0, such as 1e-5`);
  if (sizeOf(inputShape) <= groups)
    throw new RangeError(
      `${kind}: a single value would be normalised by itself, which leaves 0 whatever it is; give it ${groups === 1 ? "examples of more values" : "fewer groups"}`,
    );
}
