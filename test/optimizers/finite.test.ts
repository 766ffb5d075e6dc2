import { describe, expect, it } from "vitest";
import * as keras from "../../src/compat/keras.ts";
import * as optax from "../../src/compat/optax.ts";
import * as torch from "../../src/compat/torch.ts";
import type { Vector } from "../../src/expr/index.ts";
import {
  adam,
  findRule,
  gradientDescent,
  lamb,
  momentum,
  type Optimizer,
  parseRule,
  rules,
  type State,
  withAveraging,
  withNormClipping,
} from "../../src/optimizers/index.ts";
import { layoutOf } from "./descents.ts";

/** Longer than the small memory that vectors are passed through. */
const LONG = 20_000;

const numbersOf = (w: Vector, state: State): number[] =>
  [w, ...Object.values(state)].flatMap((x) => (typeof x === "number" ? [x] : [...x]));

const vectorOf = (dtype: "f32" | "f64", values: readonly number[]): Vector =>
  dtype === "f32" ? Float32Array.from(values) : Float64Array.from(values);

/** Takes a step: it is whole and finite, or it is refused and nothing has changed. */
function stepOrRefusal(optimizer: Optimizer, w: Vector, g: Vector, state: State): "taken" | "refused" {
  const before = numbersOf(w, state);
  try {
    optimizer.step(w, g, state);
  } catch (error) {
    expect(String(error)).toMatch(
      /^RangeError: .*, step \d+: new weights, slots or norms are not finite .* nothing was changed/,
    );
    expect(numbersOf(w, state)).toEqual(before);
    return "refused";
  }
  expect(numbersOf(w, state).every(Number.isFinite)).toBe(true);
  expect(state.t).toBe(before[w.length] + 1);
  return "taken";
}

const withoutEps = rules.filter(({ spec }) => "eps" in spec.hyper).map(({ spec }) => spec.name);

describe.each(["f32", "f64"] as const)("a gradient at the borders of %s", (dtype) => {
  const tiny = dtype === "f32" ? 1e-25 : 1e-170;
  const huge = dtype === "f32" ? 1e25 : 1e200;

  it.each(withoutEps)("never spoils w or the state of %s without eps", (name) => {
    const optimizer = findRule(name)({ eps: 0 });
    for (const size of [tiny, huge]) {
      const w = vectorOf(dtype, [1, -2, 3]);
      const state = optimizer.init(w);
      for (let i = 0; i < 3; i++) stepOrRefusal(optimizer, w, vectorOf(dtype, [0, size, -1]), state);
    }
  });

  it.each(rules.map(({ spec }) => spec.name))("never spoils w or the state of %s", (name) => {
    const optimizer = findRule(name)();
    for (const size of [tiny, huge, dtype === "f32" ? 3e38 : 1e308]) {
      const w = vectorOf(dtype, [1, -2, 3]);
      const state = optimizer.init(w);
      for (let i = 0; i < 3; i++) stepOrRefusal(optimizer, w, vectorOf(dtype, [0.5, size, -1]), state);
    }
  });

  it("is refused by Adam where its square underflows and eps is 0, or overflows", () => {
    const w = vectorOf(dtype, [0]);
    const optimizer = adam({ lr: 0.1, eps: 0 });
    expect(() => optimizer.step(w, vectorOf(dtype, [tiny]), optimizer.init(w))).toThrow(
      `adam, step 1: new weights, slots or norms are not finite in ${dtype === "f32" ? "float32" : "float64"}; nothing was changed. Scale the gradients, or set eps above 0`,
    );
    expect(() => adam().step(w, vectorOf(dtype, [huge]), adam().init(w))).toThrow("or lower the learning rate");
    expect([...w]).toEqual([0]);
  });

  it.each([1, 4, 17, LONG])("is told by a bound step: one of %d weights", (size) => {
    for (const at of new Set([0, size >> 1, size - 1])) {
      const w = vectorOf(dtype, Array(size).fill(1));
      const g = vectorOf(dtype, Array(size).fill(1));
      const state = adam().init(w);
      const step = adam().bind(w, g, state);
      expect([step(), step(), state.t]).toEqual([true, true, 2]);
      g[at] = huge;
      expect([step(), state.t]).toEqual([false, 2]);
    }
  });

  it("changes nothing in long vectors, wherever it stands", () => {
    for (const make of [adam, withNormClipping(adam), withAveraging(momentum)])
      for (const at of [0, LONG >> 1, LONG - 1]) {
        const w = vectorOf(dtype, Array(LONG).fill(1));
        const g = vectorOf(dtype, Array(LONG).fill(1));
        const optimizer = make({ lr: 100 });
        const state = optimizer.init(w);
        expect(stepOrRefusal(optimizer, w, g, state)).toBe("taken");
        g[at] = dtype === "f32" ? 3e38 : 1e308;
        const before = numbersOf(w, state);
        if (optimizer.name !== "adam+clip-norm") expect(stepOrRefusal(optimizer, w, g, state)).toBe("refused");
        else if (stepOrRefusal(optimizer, w, g, state) === "refused") expect(numbersOf(w, state)).toEqual(before);
      }
  });
});

describe.each([
  ["f64", 1e200, 1e-9],
  ["f64", 1e-200, 1e-9],
  ["f64", 1e308, 1e-9],
  ["f32", 1e30, 1e-5],
  ["f32", 1e-30, 1e-5],
] as const)("lengths in %s of gradients of size %d", (dtype, size, tolerance) => {
  const layout = layoutOf([2, 1]);
  const clip = size > 1 ? 1 : size / 10;
  const pairs: readonly (readonly [string, Optimizer, readonly number[]])[] = [
    ["--clip-norm", withNormClipping(gradientDescent, clip)({ lr: 1 }), [0.6, 0.8, 0]],
    ["Keras's clipnorm", keras.SGD({ learning_rate: 1, clipnorm: clip }), [0.6, 0.8, 0]],
    ["Keras's global_clipnorm", keras.SGD({ learning_rate: 1, global_clipnorm: clip }), [0.6, 0.8, 0]],
  ];

  it.each(pairs)("are shortened by %s to the length that is asked for", (_, optimizer, direction) => {
    for (const shape of [undefined, layout]) {
      const w = vectorOf(dtype, [0, 0, 0]);
      optimizer.step(w, vectorOf(dtype, [0.6 * size, 0.8 * size, 0]), optimizer.init(w), shape);
      for (const [i, part] of direction.entries()) expect(Math.abs(w[i] / clip + part)).toBeLessThan(tolerance);
    }
  });

  it.each([
    ["LAMB", lamb({ lr: 0.1 })],
    ["Keras's Lamb", keras.Lamb({ learning_rate: 0.1 })],
    ["optax.lamb", optax.lamb({ learning_rate: 0.1 })],
  ])("are those of weights in %s", (_, optimizer) => {
    const w = vectorOf(dtype, [size / 2, size / 2]);
    optimizer.step(w, vectorOf(dtype, [1, 1]), optimizer.init(w));
    for (const x of w) expect(x / size).toBeCloseTo(0.45, 5);
  });
});

it.each([
  ["--clip-norm", withNormClipping(gradientDescent, 1)({ lr: 1 })],
  ["--clip-norm, tensor by tensor", withNormClipping(lamb, 1)({ lr: 1 })],
  ["Keras's global_clipnorm", keras.SGD({ learning_rate: 1, global_clipnorm: 1 })],
  ["Keras's clipnorm", keras.SGD({ learning_rate: 1, clipnorm: 1 })],
  ["the interpreter", parseRule("hyper lr = 1\nw = w - lr*g/norm(g) + 0*dot(w, w)*g")()],
])("a gradient whose length no float64 number can be is refused, not taken for 0: %s", (_, optimizer) => {
  const w = Float64Array.of(1, 1);
  const g = Float64Array.of(1.7e308, 1.7e308);
  expect(() => optimizer.step(w, g, optimizer.init(w), layoutOf([2]))).toThrow("nothing was changed");
  expect([...w]).toEqual([1, 1]);
});

describe("a step that would not be finite", () => {
  const layout = [
    { name: "a", shape: [2], offset: 0 },
    { name: "b", shape: [2], offset: 2 },
  ];

  it("is not taken by the other tensors, either", () => {
    const w = Float64Array.of(1, 2, 3, 4);
    const optimizer = lamb();
    const state = optimizer.init(w);
    expect(() => optimizer.step(w, Float64Array.of(1, 1, 1, 1e200), state, layout)).toThrow(
      "lamb, step 1: new weights",
    );
    expect([...w]).toEqual([1, 2, 3, 4]);
    expect(numbersOf(w, state).slice(4)).toEqual(Array(9).fill(0));
    expect(optimizer.bind(w, Float64Array.of(1, 1, 1, 1e200), state, { layout })()).toBe(false);
  });

  it("is told by rules that the interpreter runs", () => {
    const optimizer = parseRule("hyper lr = 1\nslot v\nv = v + dot(g, g)*g\nw = w - lr*v")();
    for (const dtype of ["f32", "f64"] as const) {
      const w = vectorOf(dtype, [1, 2]);
      const state = optimizer.init(w);
      optimizer.step(w, vectorOf(dtype, [1, 2]), state);
      expect([...w]).toEqual([-4, -8]);
      const g = vectorOf(dtype, [1, dtype === "f32" ? 1e20 : 1e150]);
      expect(() => optimizer.step(w, g, state)).toThrow("step 2: new weights");
      expect([...w]).toEqual([-4, -8]);
      expect(optimizer.bind(w, g, state)()).toBe(false);
      expect(state.t).toBe(1);
    }
  });

  it("is one whose numbers beside the vectors are not", () => {
    const optimizer = parseRule("hyper lr = 1\nscalar p = 1e200\np = p*p\nw = w - lr*g")();
    const w = Float64Array.of(1);
    const state = optimizer.init(w);
    expect(() => optimizer.step(w, Float64Array.of(1), state)).toThrow("step 1: new weights");
    expect([w[0], state.p, state.t]).toEqual([1, 1e200, 0]);
    const step = optimizer.bind(w, Float64Array.of(1), state);
    expect([step(), state.p, state.t]).toEqual([false, 1e200, 0]);
  });

  it("is refused in another library's rules, too", () => {
    const optimizer = torch.Adam({ lr: 0.1, eps: 0 });
    const w = Float64Array.of(1);
    expect(() => optimizer.step(w, Float64Array.of(1e-170), optimizer.init(w))).toThrow("nothing was changed");
    expect(w[0]).toBe(1);
  });
});

it.each([
  ["f32", 1e-25],
  ["f64", 1e-170],
] as const)("Rprop in %s goes by signs, also where the product of two gradients underflows", (dtype, size) => {
  const walk = (g: number): number[] => {
    const w = vectorOf(dtype, [0]);
    const optimizer = findRule("rprop")();
    const state = optimizer.init(w);
    return [1, 2, 3].map(() => {
      optimizer.step(w, vectorOf(dtype, [g]), state);
      return w[0];
    });
  };
  expect(walk(size)).toEqual(walk(1));
});
