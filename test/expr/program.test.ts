import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expr, Feeds, NDArray } from "../../src/expr/index.ts";
import { constant, evaluate, evaluateScalar, grad, input, program } from "../../src/expr/index.ts";
import { add, dot, exp, mul, neg, pow, sin, sub, sum, tanh } from "../../src/expr/operators/index.ts";
import { inOrder } from "../../src/expr/program.ts";
import { operatorNames, samples, weighed } from "./samples.ts";

const x = input("x");

describe("program", () => {
  it("computes equal sub-expressions once", () => {
    const square = (): Expr => mul(sin(x), sin(x));
    const { nodes } = program([add(square(), square()), square()]);
    expect(nodes.map((node) => (node.kind === "apply" ? node.operator.name : node.kind))).toEqual([
      "input",
      "sin",
      "mul",
      "add",
    ]);
  });

  it("distinguishes operators by settings, types and constants", () => {
    const matrix = input("m", [2, 2]);
    const sums = [sum(matrix, { axes: 0 }), sum(matrix, { axes: 1 }), sum(matrix, { axes: 0, keepdims: true })];
    expect(program(sums).nodes).toHaveLength(4);
    expect(program([constant(1), constant(1, "f32"), constant(0), constant(-0), constant([1])]).nodes).toHaveLength(5);
    const long = (last: number): Expr => constant([...Array(40).keys(), last]);
    expect(program([long(1), long(2)]).nodes).toHaveLength(2);
  });

  it("folds constants and removes identities", () => {
    expect(program([add(mul(2, 3), mul(x, sub(1, 1)))]).outputs[0]).toMatchObject({ operator: { name: "add" } });
    for (const same of [add(x, 0), add(0, x), mul(x, 1), mul(1, x), sub(x, 0), pow(x, 1), neg(neg(x))])
      expect(program([same]).outputs).toEqual([x]);
    expect(program([exp(add(1, 2))]).nodes).toEqual([constant(Math.exp(3))]);
    expect(program([mul(input("v", [2]), 1)]).nodes).toHaveLength(1);
    expect(program([mul(x, constant([[1]]))]).nodes, "the shape changes").toHaveLength(3);
  });

  it.each(operatorNames)("leaves the value of %s and of its derivative as it is", (name) => {
    fc.assert(
      fc.property(samples[name], ({ expr, feeds, wrt }) => {
        const outputs = [expr, ...grad(weighed(expr), wrt)];
        const values = evaluate(outputs, feeds);
        for (const [i, { shape, data }] of outputs.map((output) => computeEach(output, feeds)).entries()) {
          expect(values[i].shape).toEqual(shape);
          // Adding 0 makes one zero of both: the sign of a zero is what identities may change.
          expect([...values[i].data].map((value) => value + 0)).toEqual([...data].map((value) => value + 0));
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** The plainest interpreter: every node by its own operator, as it stands. */
function computeEach(output: Expr, feeds: Feeds): NDArray {
  const values = new Map<Expr, NDArray>();
  const of = (node: Expr): NDArray => values.get(node) ?? { shape: [], data: new Float64Array() };
  for (const node of inOrder([output])) {
    if (node.kind === "apply") values.set(node, node.operator.evaluate(node.inputs.map(of), node.shape));
    else values.set(node, evaluate([node], feeds)[0]);
  }
  return of(output);
}

describe("a chain of 10,000 nodes", () => {
  const steps = 10_000;
  const chain = (step: (y: Expr) => Expr): Expr => Array.from({ length: steps }).reduce<Expr>((y) => step(y), x);

  it("is evaluated and differentiated without overflowing the stack", () => {
    const y = chain((z) => add(z, 0.5));
    expect(evaluateScalar(y, { x: 1 })).toBe(5001);
    expect(evaluateScalar(grad(y, [x])[0], { x: 1 })).toBe(1);
    const z = chain(tanh);
    expect(evaluateScalar(grad(z, [x])[0], { x: 0 })).toBe(1);
    // tanh iterated n times behaves like √(3/(2n)).
    expect(evaluateScalar(z, { x: 1 })).toBeCloseTo(Math.sqrt(3 / (2 * steps)), 4);
  });

  it("is shared, not written out, where each node is used twice", () => {
    const doubled = Array.from({ length: 1000 }).reduce<Expr>((y) => add(y, y), x);
    expect(program([doubled]).nodes).toHaveLength(1001);
    expect(evaluateScalar(doubled, { x: 2 ** -1000 })).toBe(1);
    expect(evaluateScalar(grad(dot(doubled, doubled), [x])[0], { x: 0 })).toBe(0);
  });
});
