import type { Expr } from "../../expr/index.ts";

/** Odd: f(−x) = −f(x). Even: f(−x) = f(x). */
export type Parity = "odd" | "even";

/** Odd functions of one variable. Composed with an odd function they are odd, with an even one even. */
const ODD = ["neg", "sign", "sin", "tan", "asin", "atan", "sinh", "tanh", "erf", "round", "cast", "reshape"];
const EVEN = ["abs", "cos", "cosh"];

/**
 * The parity of an expression f as a function of its sub-expression x; undefined if it has none, or if its operators do not
 * show it: x·Φ(x) has none, and softplus(x) − softplus(−x), which is x, is not recognised.
 */
export function parityOf(f: Expr, x: Expr): Parity | undefined {
  const known = new Map<Expr, Parity | undefined>([[x, "odd"]]);
  const parity = (node: Expr): Parity | undefined => {
    if (!known.has(node))
      known.set(node, node.kind === "apply" ? parityOfApplication(node, node.inputs.map(parity)) : "even");
    return known.get(node);
  };
  return parity(f);
}

function parityOfApplication(
  { operator }: Expr & { kind: "apply" },
  parities: readonly (Parity | undefined)[],
): Parity | undefined {
  const { name, attributes } = operator;
  const [first, second] = parities;
  if (parities.every((each) => each === "even")) return "even";
  if (parities.includes(undefined)) return undefined;
  if (ODD.includes(name)) return first;
  if (EVEN.includes(name)) return "even";
  if (name === "add" || name === "sub") return first === second ? first : undefined;
  if (name === "mul" || name === "div") return first === second ? "even" : "odd";
  // A whole-number power. With an expression as exponent, it is even if both inputs are, and otherwise has no parity.
  if (name === "pow" && parities.length === 1) return Number(attributes.exponent) % 2 === 0 ? "even" : "odd";
  return undefined;
}
