import { describe, expect, test } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import { type Expr, evaluate, input, isVector, type Vector } from "../../src/expr/index.ts";
import {
  adam,
  adamw,
  gradientDescent,
  nesterov,
  type Optimizer,
  type ParameterGroup,
  parseRule,
  rules,
  schedules,
  wrapperNames,
  wrapRule,
} from "../../src/optimizers/index.ts";

/** A matrix, a vector, and a number without axes. */
const layout = [
  { name: "layer1_weight", shape: [4, 3], offset: 0 },
  { name: "layer1_bias", shape: [3], offset: 12 },
  { name: "scale", shape: [], offset: 15 },
];
const n = 16;

/** Gradients that change sign from step to step, some of them 0. */
const gradientAt = (t: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => (i % 5 === 0 ? 0 : Math.cos(3 * i + 2 * t)));

const start = (): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i + 1));

/** Eight steps as a device would take them, computed by the interpreter; the vectors by name, and the gradient norms. */
function byProgram(optimizer: Optimizer) {
  const w = start();
  const state = optimizer.init(w);
  const program = optimizer.program(layout, state);
  const g = input("g", [n], "f32");
  const { vectors, numbers } = program.outputs(g);
  const outputs: Readonly<Record<string, Expr>> = { ...vectors, ...numbers };
  let now: Record<string, Vector> = Object.fromEntries(
    program.vectors.map((name) => [name, vectorOf(name === "w" ? w : state[name])]),
  );
  const points: Float64Array[] = [];
  const norms: number[] = [];
  for (let t = 1; t <= 8; t++) {
    const feeds = Object.fromEntries(Object.entries(now).map(([name, vector]) => [program.inputOf(name), vector]));
    const all = { ...feeds, ...program.begin(), g: gradientAt(t) };
    points.push(evaluate([program.point], all)[0].data);
    const results = evaluate(Object.values(outputs), all);
    const byName = Object.fromEntries(Object.keys(outputs).map((name, i) => [name, results[i].data]));
    const own = Object.fromEntries(Object.keys(numbers).map((name) => [name, byName[name][0]]));
    expect(program.finish(own)).toBe(true);
    norms.push(program.gradientNorm(own));
    now = {
      ...now,
      ...Object.fromEntries(Object.keys(vectors).map((name) => [name, Float32Array.from(byName[name])])),
    };
  }
  return { now, state, points, norms };
}

const vectorOf = (value: unknown): Float32Array =>
  isVector(value) ? Float32Array.from(value) : expect.fail("a slot is no vector");

function expectAlike(given: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(given[i] - expected[i]), `${what}[${i}]`).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected[i])));
}

function expectSame(optimizer: Optimizer): void {
  const w = start();
  const state = optimizer.init(w);
  const { now, state: counted, points, norms } = byProgram(optimizer);
  for (let t = 1; t <= 8; t++) {
    const g = gradientAt(t);
    if (optimizer.lookahead) expectAlike(points[t - 1], optimizer.lookahead.at(w, state, undefined, layout), "point");
    optimizer.step(w, g, state, layout);
    expect(norms[t - 1]).toBeCloseTo(Math.hypot(...g), 5);
  }
  expectAlike(now.w, w, "w");
  for (const [name, value] of Object.entries(state))
    if (isVector(value)) expectAlike(now[name], value, name);
    else expectAlike([Number(counted[name])], [value], name);
}

const own = {
  "a product of matrices": `hyper lr = 0.01\nmatrices:\nd = matmul(matmul(g, g, transposeB=1), g)\nothers:\nd = g\nall:\nw = w - lr*d`,
  "the norm in the matrices' lines only": `hyper lr = 0.01\nmatrices:\nw = w - lr*g/g_norm\nothers:\nw = w - lr*g`,
  "a number that depends on the gradient": `hyper lr = 0.01\nscalar top = 0\ntop = max(top, g_norm)\nw = w - lr*g/top`,
  "a number of its own": `hyper lr = 0.01\nscalar p = 1\np = 0.5*p\nw = w - lr*(1 - p)*g`,
  "matrices alone": `hyper lr = 0.01\nslot m\nothers:\nw = w\nmatrices:\nm = m + g\nw = w - lr*m`,
  "what no matrix is": `hyper lr = 0.01\nslot m\nmatrices:\nw = w\nothers:\nm = m + g\nw = w - lr*m`,
  "rows and columns": `hyper lr = 0.01\nmatrices:\nw = w - lr*g*rows/columns\nothers:\nw = w - lr*g`,
};

describe("a step as expressions", () => {
  test.each(rules.map((rule) => [rule.spec.name, rule] as const))("is the fused loop's: %s", (_, rule) => {
    expectSame(rule());
  });

  test.each(
    wrapperNames.flatMap((name) =>
      (["adam", name === "decay" ? "adamax" : "lamb", "nesterov"] as const).map((rule) => [rule, name] as const),
    ),
  )("is the fused loop's: %s with %s", (name, wrapper) => {
    const rule = rules.find(({ spec }) => spec.name === name);
    if (rule === undefined) throw new Error(name);
    expectSame(wrapRule(rule, wrapper)());
  });

  test.each(Object.entries(own))("is the interpreter's: %s", (_, text) => expectSame(parseRule(text)()));

  test("is PyTorch's arithmetic where that is asked for", () => {
    for (const optimizer of [torch.NAdam({}), torch.ASGD({}), torch.SGD({ momentum: 0.9, nesterov: true })])
      expectSame(optimizer);
  });

  test("follows schedules, and multiplies by the factors of groups", () => {
    const groups: ParameterGroup[] = [
      { parameters: "biases", factors: { weight_decay: 0 } },
      { parameters: "layer1_weight", factors: { lr: 0.1 } },
    ];
    const lr = schedules.cosine({ lr: 0.1, steps: 8 });
    expectSame(adamw({ lr, weight_decay: 0.1 }).grouped(groups));
    expectSame(nesterov({ lr }).grouped([{ parameters: "scale", factors: { lr: 0.5 } }]));
  });

  test("computes 1 − β₁ᵗ before the step, in float64", () => {
    const optimizer = adam();
    const state = { ...optimizer.init(start()), t: 41 };
    const { begin } = optimizer.program(layout, state);
    const [scalars] = Object.values(begin());
    expect(scalars).toContain(Math.fround(1 - 0.9 ** 42));
    expect(scalars).toContain(Math.fround(1 - 0.999 ** 42));
  });

  test("does not count if a number is not finite", () => {
    const optimizer = gradientDescent();
    const state = optimizer.init(start());
    const { begin, finish } = optimizer.program(layout, state);
    begin();
    expect(finish({ gradient_norm: 1, size_of_all: Number.POSITIVE_INFINITY })).toBe(false);
    expect(finish({ gradient_norm: Number.NaN, size_of_all: 1 })).toBe(false);
    expect(state.t).toBe(0);
    expect(finish({ gradient_norm: 1, size_of_all: 1 })).toBe(true);
    expect(state.t).toBe(1);
  });
});
