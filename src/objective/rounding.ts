import { constant, type Expr, grad, inOrder } from "../expr/index.ts";
import { abs, add, mul, sum } from "../expr/operators/index.ts";

/**
 * How far rounding can put the value of an expression off, as an expression: each operation's result v is off by at most ε|v|,
 * which moves the value by as much times the slope along v, so ε·Σ |v·∂f/∂v| over all operations, to first order. A sum of squares
 * near 0 is thus measured by what was subtracted to get there, not by what is left. Higham 2002, Accuracy and stability of numerical
 * algorithms, section 3; Griewank & Walther 2008, Evaluating derivatives, section 2.
 */
export function roundingOf(expression: Expr): Expr {
  const operations = inOrder([expression]).filter(({ kind }) => kind === "apply");
  const slopes = grad(expression, operations);
  const parts = operations
    .map((v, i) => abs(mul(v, slopes[i])))
    .map((part) => (part.shape.length === 0 ? part : sum(part)));
  return mul(Number.EPSILON, parts.reduce(add, constant(0)));
}
