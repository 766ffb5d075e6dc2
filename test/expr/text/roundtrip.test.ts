import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DType, Expr } from "../../../src/expr/index.ts";
import { constant, grad, input } from "../../../src/expr/index.ts";
import * as op from "../../../src/expr/operators/index.ts";
import { inOrder } from "../../../src/expr/program.ts";
import { sameExpr } from "../../../src/expr/same.ts";
import { parseExpression, print } from "../../../src/expr/text/index.ts";
import { operatorNames, samplesIn, weighed } from "../samples.ts";

/** The law: what is printed is read back, node by node. */
function expectRoundTrip(expr: Expr): void {
  const names = new Map(inOrder([expr]).flatMap((node) => (node.kind === "input" ? [[node.name, node] as const] : [])));
  const text = print(expr);
  const again = parseExpression(text, names);
  if (!sameExpr(again, expr)) expect.fail(`${text}\n   was read as\n${print(again)}`);
}

describe.each(["f64", "f32"] as const)("parse(print(e)) = e in %s", (dtype) => {
  const samples = samplesIn(dtype);

  it.each(operatorNames)("for %s, its derivative and its second derivative", (name) => {
    fc.assert(
      fc.property(samples[name], ({ expr, wrt }) => {
        const slopes = grad(weighed(expr), wrt);
        const curvatures = slopes.flatMap((slope) => grad(weighed(slope), wrt));
        for (const each of [expr, ...slopes, ...curvatures]) expectRoundTrip(each);
      }),
      { numRuns: 30 },
    );
  });
});

const special = fc.constantFrom(
  0,
  -0,
  1,
  -1,
  2,
  -2,
  0.1,
  -0.5,
  1e-300,
  -5e-324,
  1.7976931348623157e308,
  1e21,
  123456789,
);
const numbers = fc.oneof(special, fc.double(), fc.constantFrom(Infinity, -Infinity, NaN));
const dtypes = fc.constantFrom<DType>("f64", "f32");

const leaves: fc.Arbitrary<Expr> = fc.oneof(
  fc
    .tuple(fc.constantFrom("x", "beta1", "e", "größe", "m_hat"), dtypes)
    .map(([name, t]) => input(`${name}_${t}`, [3], t)),
  fc.constantFrom(input("s"), input("pi"), input("sum"), input("t_2", [2, 3]), input("β₁", [2, 1])),
  fc.tuple(numbers, dtypes).map(([value, t]) => constant(value, t)),
  fc.tuple(fc.array(numbers, { minLength: 3, maxLength: 3 }), dtypes).map(([list, t]) => constant(list, t)),
);

const unary = [
  op.neg,
  op.neg,
  op.abs,
  op.sqrt,
  op.exp,
  op.log,
  op.relu,
  (x: Expr) => op.sum(x),
  (x: Expr) => op.pow(x, -3),
];
const binary = [op.add, op.sub, op.mul, op.div, op.pow, op.less, op.equal, op.greaterEqual, op.min, op.max, op.dot];

const { tree: trees } = fc.letrec<{ tree: Expr }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    leaves,
    fc.tuple(fc.constantFrom(...binary), tie("tree"), tie("tree")).map(([f, a, b]) => f(a, b)),
    fc.tuple(fc.constantFrom(...unary), tie("tree")).map(([f, x]) => f(x)),
    fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([c, a, b]) => op.where(c, a, b)),
    fc.tuple(tie("tree"), dtypes).map(([x, dtype]) => op.cast(x, dtype)),
    fc.tuple(tie("tree"), numbers).map(([x, n]) => op.pow(x, n)),
    fc.tuple(tie("tree"), numbers).map(([x, n]) => op.sub(n, x)),
  ),
}));

describe("parse(print(e)) = e", () => {
  it("for trees of every symbol, number and type", () => {
    fc.assert(fc.property(trees, expectRoundTrip), { numRuns: 3000 });
  });
});
