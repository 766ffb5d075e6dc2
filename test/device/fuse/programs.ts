import fc from "fast-check";
import { constant, type DType, type Expr, input } from "../../../src/expr/index.ts";
import * as op from "../../../src/expr/operators/index.ts";

/** An element-wise program over vectors a, b, c and scalars s, t: what to compute, told apart from the vectors' length. */
export interface Recipe {
  readonly steps: readonly { readonly operator: number; readonly operands: readonly [number, number, number] }[];
}

export const vectors = ["a", "b", "c"] as const;
export const scalars = ["s", "t"] as const;

const steps = fc.record({ operator: fc.nat(), operands: fc.tuple(fc.nat(), fc.nat(), fc.nat()) });

export const recipes = (most: number): fc.Arbitrary<Recipe> =>
  fc.record({ steps: fc.array(steps, { minLength: 3, maxLength: most, size: "max" }) });

/** Ordinary numbers, and those that arithmetic treats in a way of their own. */
export const numbers: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -4000, max: 4000 }).map((k) => k / 1024) },
  { weight: 2, arbitrary: fc.double() },
  fc.constantFrom(0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e-320, 1e-42, -1e-39, 3e38, 1e300, 2 ** 53),
);

const unary = [
  op.neg,
  op.abs,
  op.sign,
  op.floor,
  op.ceil,
  op.sqrt,
  op.relu,
  op.exp,
  op.log,
  op.sin,
  op.tanh,
  op.sigmoid,
  ...[-3, -1, 0, 1, 2, 3, 5, 10, 0.5].map((n) => (x: Expr) => op.pow(x, n)),
];
const binary = [
  ...[op.add, op.sub, op.mul, op.div, op.add, op.sub, op.mul, op.div],
  ...[op.min, op.max, op.less, op.lessEqual, op.greater, op.greaterEqual, op.equal, op.notEqual, op.pow],
];
const operators: readonly ((x: Expr, y: Expr, z: Expr) => Expr)[] = [...unary, ...binary, op.where, op.where];

const clamped = (x: Expr): Expr => op.max(-50, op.min(50, x));

/** Operators that keep small whole numbers small and whole: totals of them are exact, in whatever order they are summed. */
export const wholeNumberOperators: typeof operators = [
  ...[op.neg, op.sign, op.relu, op.sum, op.sum, op.sum, op.maxOf].map((f) => (x: Expr) => clamped(f(x))),
  ...[op.add, op.sub, op.mul, op.dot, op.add, op.sub, op.mul, op.dot].map(
    (f) => (x: Expr, y: Expr) => clamped(f(x, y)),
  ),
  ...[op.min, op.max, op.less, op.equal],
  op.where,
];

/** The nodes of the program, leaves first, over vectors of the given length. */
export function cook({ steps }: Recipe, length: number, dtype: DType, choice = operators): Expr[] {
  const nodes: Expr[] = [
    ...vectors.map((name) => input(name, [length], dtype)),
    ...scalars.map((name) => input(name)),
    ...[0, 1, -2, choice === operators ? 0.1 : 3].map((value) => constant(value, dtype)),
  ];
  for (const { operator, operands } of steps) {
    const [x, y, z] = operands.map((k) => nodes[k % nodes.length]);
    nodes.push(choice[operator % choice.length](x, y, z));
  }
  return nodes;
}

/** The last vector nodes are written to a, b and y; the last scalar one to s. */
export function outputsOf(nodes: readonly Expr[]): Record<string, Expr> {
  const [a, b, y] = nodes.filter((node) => node.shape.length === 1).slice(-3);
  const s = nodes.findLast((node) => node.shape.length === 0);
  return { a, b, y, ...(s === undefined ? {} : { s }) };
}
