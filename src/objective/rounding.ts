import { constant, type Expr, grad, inOrder } from "../expr/index.ts";
import { abs, add, mul, sum } from "../expr/operators/index.ts";

/**
 * A bound on the rounding error of an expression's value, as an expression. Each operation's result v is off by at most ε|v|, which changes
 * the value by that times ∂f/∂v; so, to first order, the bound is ε·Σ |v·∂f/∂v| over all operations. For a sum of squares near 0 it thus
 * depends on the terms that were subtracted, not on their small difference. Higham 2002, Accuracy and stability of numerical algorithms,
 * section 3; Griewank & Walther 2008, Evaluating derivatives, section 2.
 */
export function roundingOf(expression: Expr): Expr {
  const operations = inOrder([expression]).filter(({ kind }) => kind === "apply");
  const slopes = grad(expression, operations);
  const parts = operations
    .map((v, i) => abs(mul(v, slopes[i])))
    .map((part) => (part.shape.length === 0 ? part : sum(part)));
  return mul(Number.EPSILON, parts.reduce(add, constant(0)));
}
