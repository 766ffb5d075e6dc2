import { type NDArray, scalar } from "./array.ts";
import { type Application, constant, type Expr, numberOf } from "./node.ts";
import { sameShape } from "./shape.ts";

/** Expressions in order of computation. */
export interface Program {
  /** Every distinct node once, inputs before the nodes that use them. */
  readonly nodes: readonly Expr[];
  /** The results, in the order in which they were asked for. */
  readonly outputs: readonly Expr[];
}

/**
 * Merges equal sub-expressions, folds constants and removes identities (x + 0, x · 1), so that nothing is computed twice or
 * in vain. Every identity is exact in floating point except for the sign of a zero.
 */
export function program(outputs: readonly Expr[]): Program {
  const merged = new Map<Expr, Expr>();
  const nodes = new Map<string, Expr>();
  const identities = new Map<Expr | Float64Array, number>();
  const identity = (x: Expr | Float64Array): number => {
    const known = identities.get(x) ?? identities.size;
    identities.set(x, known);
    return known;
  };

  const unique = (node: Expr): Expr => {
    const key = keyOf(node, identity);
    const known = nodes.get(key);
    if (known !== undefined) return known;
    nodes.set(key, node);
    return node;
  };

  const settle = (node: Expr): Expr => {
    if (node.kind !== "apply") return unique(node);
    const inputs = node.inputs.map((x) => merged.get(x) ?? x);
    const moved = inputs.every((x, i) => x === node.inputs[i]) ? node : { ...node, inputs };
    const simpler = simplify(moved);
    return simpler === moved ? unique(moved) : (merged.get(simpler) ?? unique(simpler));
  };

  for (const node of inOrder(outputs)) merged.set(node, settle(node));
  const results = outputs.map((output) => merged.get(output) ?? output);
  return { nodes: inOrder(results), outputs: results };
}

/** All nodes on which the outputs depend, inputs first. Iterative, since a graph may be deeper than the stack. */
export function inOrder(outputs: readonly Expr[]): Expr[] {
  const done = new Set<Expr>();
  const stack = [...outputs].reverse();
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    const waiting = node.kind === "apply" && !done.has(node) ? node.inputs.filter((x) => !done.has(x)) : [];
    if (waiting.length > 0) stack.push(...waiting.reverse());
    else {
      done.add(node);
      stack.pop();
    }
  }
  return [...done];
}

/** Applies identities: x + 0, x − 0, x · 1, x / 1, −(−x); and folds constants. */
function simplify(node: Application): Expr {
  const { operator, inputs, shape } = node;
  const numbers = inputs.map(numberOf);
  if (operator.lanes !== null && operator.name !== "cast" && numbers.every((x) => x !== undefined))
    return constant(operator.evaluate(inputs.map(arrayOf), shape).data[0], node.dtype);
  const [a, b] = inputs;
  if (operator.isFirstInput) return a;
  const keep = (kept: Expr, holds: boolean): Expr => (holds && sameShape(kept.shape, shape) ? kept : node);
  switch (operator.name) {
    case "add":
      return numbers[1] === 0 ? keep(a, true) : keep(b, numbers[0] === 0);
    case "mul":
      return numbers[1] === 1 ? keep(a, true) : keep(b, numbers[0] === 1);
    case "sub":
      return keep(a, numbers[1] === 0);
    case "div":
      return keep(a, numbers[1] === 1);
    case "pow":
      return keep(a, operator.attributes.exponent === 1);
    case "neg":
      return a.kind === "apply" && a.operator.name === "neg" ? a.inputs[0] : node;
    default:
      return node;
  }
}

const arrayOf = (x: Expr): NDArray => (x.kind === "constant" ? x.value : scalar(Number.NaN));

/** Nodes with equal keys have equal values for all inputs. Large constant arrays are compared by identity. */
export function keyOf(node: Expr, identity: (x: Expr | Float64Array) => number): string {
  if (node.kind === "input") return `input ${node.name} ${node.shape} ${node.dtype}`;
  if (node.kind === "constant") {
    const { data } = node.value;
    const numbers = data.length > 16 ? identity(data) : Array.from(data, (x) => (Object.is(x, -0) ? "-0" : x));
    return `constant ${node.shape} ${node.dtype} ${numbers}`;
  }
  const { name, attributes } = node.operator;
  return `${name} ${JSON.stringify(attributes)} ${node.dtype} ${node.inputs.map(identity)}`;
}
