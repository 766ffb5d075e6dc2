import type { Expr } from "../expr/index.ts";

/** How a function answers to a turned sign: f(−x) = −f(x), or f(−x) = f(x). */
export type Parity = "odd" | "even";

/** Odd functions of one number. Of an odd function they make an odd one, of an even one an even one. */
const ODD = ["neg", "sign", "sin", "tan", "asin", "atan", "sinh", "tanh", "erf", "round", "cast", "reshape"];
const EVEN = ["abs", "cos", "cosh"];

/**
 * The parity of an expression f as a function of x, a part of it; undefined where it has none, or where it does not
 * follow from its operators: x·Φ(x) has none, and softplus(x) − softplus(−x), which is x, is not seen through.
 */
export function parityOf(f: Expr, x: Expr): Parity | undefined {
  const known = new Map<Expr, Parity | undefined>([[x, "odd"]]);
  const parity = (node: Expr): Parity | undefined => {
    if (!known.has(node)) known.set(node, node.kind === "apply" ? combined(node, node.inputs.map(parity)) : "even");
    return known.get(node);
  };
  return parity(f);
}

function combined(
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
  // A whole power: one with an exponent that is an expression is a power of an even function here, or has none.
  if (name === "pow" && parities.length === 1) return Number(attributes.exponent) % 2 === 0 ? "even" : "odd";
  return undefined;
}
