import { type Application, constant, type Expr, numberOf, sameExpr } from "../expr/index.ts";
import { mul, pow } from "../expr/operators/index.ts";

/**
 * The residuals of an expression written as a sum of squares, such as 100·(y − x²)² + (1 − x)²: terms a²ᵏ, sums of these
 * over vectors, and both multiplied or divided by constants that are not negative. `null` for other expressions.
 */
export function squaresOf(node: Expr, weight = 1): Expr[] | null {
  const number = numberOf(node);
  if (number !== undefined) return number >= 0 ? [constant(Math.sqrt(number * weight))] : null;
  if (node.kind !== "apply") return null;
  const [a, b] = node.inputs;
  switch (node.operator.name) {
    case "add":
      return joined(squaresOf(a, weight), squaresOf(b, weight));
    case "mul":
      return ofProduct(factorsOf(node), weight);
    case "div":
      return ofProduct([constant(1 / (numberOf(b) ?? Number.NaN)), a], weight);
    case "pow":
      return ofPower(node, weight);
    case "sum":
      return ofTotal(node, weight);
    default:
      return null;
  }
}

function joined(left: readonly Expr[] | null, right: readonly Expr[] | null): Expr[] | null {
  return left === null || right === null ? null : [...left, ...right];
}

const factorsOf = (node: Expr): Expr[] =>
  node.kind === "apply" && node.operator.name === "mul" ? node.inputs.flatMap(factorsOf) : [node];

/** Constants times a sum of squares, or times a·a. */
function ofProduct(factors: readonly Expr[], weight: number): Expr[] | null {
  const scale = factors.reduce((product, factor) => product * (numberOf(factor) ?? 1), weight);
  const [a, b, ...more] = factors.filter((factor) => numberOf(factor) === undefined);
  if (!(scale >= 0) || a === undefined || more.length > 0) return null;
  if (b === undefined) return squaresOf(a, scale);
  return sameExpr(a, b) ? [weighted(a, scale)] : null;
}

function ofPower({ operator, inputs }: Application, weight: number): Expr[] | null {
  const { exponent } = operator.attributes;
  if (typeof exponent !== "number" || exponent < 2 || exponent % 2 !== 0) return null;
  return [weighted(pow(inputs[0], exponent / 2), weight)];
}

/** A sum over a whole vector: each element is a residual. */
function ofTotal({ inputs: [x], shape }: Application, weight: number): Expr[] | null {
  const squares = shape.length === 0 && x.shape.length === 1 ? squaresOf(x, weight) : null;
  return squares?.every((r) => r.shape.length === 1) ? squares : null;
}

const weighted = (a: Expr, weight: number): Expr => mul(Math.sqrt(weight), a);
