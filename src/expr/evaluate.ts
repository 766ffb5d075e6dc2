import { cut, someOf } from "../arguments/index.ts";
import { type ArrayLike64, type NDArray, toArray } from "./array.ts";
import type { Expr, Input } from "./node.ts";
import { program } from "./program.ts";
import { showShape } from "./shape.ts";

/** Values for inputs, by name. */
export type Feeds = Readonly<Record<string, ArrayLike64>>;

/**
 * The reference interpreter: evaluates expressions in float64 on plain arrays. The compilers are tested against it. Throws a
 * ReferenceError for an input without a value, a RangeError for a wrong length.
 */
export function evaluate(outputs: readonly Expr[], feeds: Feeds = {}): NDArray[] {
  const evaluating = evaluation(outputs, feeds);
  for (;;) {
    const { done, value } = evaluating.next();
    if (done) return value;
  }
}

/** `evaluate` one operator at a time, for callers that have something else to do in between. */
export function* evaluation(outputs: readonly Expr[], feeds: Feeds = {}): Generator<void, NDArray[], void> {
  const { nodes, outputs: results } = program(outputs);
  const values = new Map<Expr, NDArray>();
  const known = (node: Expr): NDArray => {
    const value = values.get(node);
    if (value === undefined) throw new Error("a node was used before it was computed");
    return value;
  };
  for (const node of nodes) {
    values.set(node, compute(node, feeds, known));
    yield;
  }
  return results.map(known);
}

/**
 * The value of a scalar expression, by the reference interpreter. Throws a RangeError for any other shape, and as
 * `evaluate` does.
 */
export function evaluateScalar(output: Expr, feeds: Feeds = {}): number {
  if (output.shape.length > 0)
    throw new RangeError(`the expression has shape ${showShape(output.shape)}; it must be a scalar`);
  return evaluate([output], feeds)[0].data[0];
}

function compute(node: Expr, feeds: Feeds, known: (node: Expr) => NDArray): NDArray {
  switch (node.kind) {
    case "input":
      return feedOf(node, feeds);
    case "constant":
      return node.value;
    case "apply":
      return node.operator.evaluate(node.inputs.map(known), node.shape);
  }
}

function feedOf({ name, shape }: Input, feeds: Feeds): NDArray {
  const value = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
  if (value === undefined)
    throw new ReferenceError(
      `input ${cut(name)} has no value; values are given for: ${someOf(Object.keys(feeds)) || "none"}`,
    );
  return toArray(value, shape, `input ${name}`);
}
