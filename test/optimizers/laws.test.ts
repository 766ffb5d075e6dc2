import { describe, expect, it } from "vitest";
import {
  findRule,
  loadState,
  type Optimizer,
  parseRule,
  type Rule,
  rules,
  type State,
  saveState,
  writeRule,
} from "../../src/optimizers/index.ts";
import { isTensorwise } from "../../src/optimizers/update.ts";
import { descend, difference, settings, someGradients, someWeights, walk } from "./descents.ts";
import { plainRules } from "./plain-rules.ts";

const SIZE = 13;
const start = someWeights(SIZE);
const gradients = someGradients(40, SIZE);

/** Weight decay moves weights without gradient and without rate; laws of the bare rule set it to 0. */
const bare = ({ spec }: Rule): Record<string, number> => ("weight_decay" in spec.hyper ? { weight_decay: 0 } : {});

/** All numbers of a state, bit for bit. */
const bitsOf = (state: State): unknown =>
  Object.entries(state).map(([name, x]) => [name, typeof x === "number" ? x : [...x]]);

/** A second setting, away from the defaults. */
const changed = (rule: Rule): Record<string, number> => {
  const fractions = /^(beta\d?|rho)$/;
  const own = Object.entries(rule.spec.hyper).map(([name, value]): [string, number] => {
    if (fractions.test(name)) return [name, value * 0.9];
    if (name === "eps") return [name, 1e-3];
    if (name === "weight_decay" || name === "initial") return [name, 0.05];
    return [name, name === "lr" ? 0.03 : value];
  });
  return Object.fromEntries(own);
};

const names = rules.map(({ spec }): [string, Rule] => [spec.name, findRule(spec.name)]);

describe.each(names)("%s", (name, rule) => {
  it.each([
    ["its defaults", {}],
    ["other settings", changed(rule)],
  ])("takes the steps of its formula in plain numbers, with %s", (_, own) => {
    const w = [...start];
    const move = plainRules[name](settings(rule, own), SIZE);
    const wanted = gradients.map((g, i) => {
      move(w, g, i + 1);
      return [...w];
    });
    expect(difference(walk(rule(own), start, gradients).path, wanted)).toBeLessThan(1e-11);
  });

  it("takes in float32 the steps of float64, to float32's rounding", () => {
    const optimizer = rule({ lr: 0.01 });
    const w = Float32Array.from(start);
    const state = optimizer.init(w);
    const path = gradients.slice(0, 10).map((g) => {
      optimizer.step(w, Float32Array.from(g), state);
      return [...w];
    });
    // Both begin with numbers that float32 has: only the steps differ.
    const rounded = gradients.map((g) => [...Float32Array.from(g)]);
    const wanted = walk(optimizer, [...Float32Array.from(start)], rounded.slice(0, 10)).path;
    expect(difference(path, wanted)).toBeLessThan(1e-4);
  });

  it.each([Float32Array, Float64Array])("keeps a state of w's type and length: %o", (Vector) => {
    const w = Vector.from(start);
    const optimizer = rule();
    const state = optimizer.init(w);
    expect(state.t).toBe(0);
    expect(Object.keys(state).sort()).toEqual(["t", ...optimizer.slots].sort());
    for (const slot of optimizer.slots) {
      expect(state[slot]).toBeInstanceOf(Vector);
      expect(state[slot]).toHaveLength(SIZE);
    }
    expect([...w]).toEqual([...Vector.from(start)]);
  });

  it("goes on from a saved state with the same bits", () => {
    const optimizer = rule();
    const [before, after] = [gradients.slice(0, 7), gradients.slice(7)];
    const { w, state } = walk(optimizer, start, before);
    const copy = Float64Array.from(w);
    const loaded = loadState(saveState(state));
    expect(bitsOf(loaded)).toEqual(bitsOf(state));
    for (const g of after) {
      optimizer.step(w, Float64Array.from(g), state);
      optimizer.step(copy, Float64Array.from(g), loaded);
    }
    expect([...copy]).toEqual([...w]);
    expect(bitsOf(loaded)).toEqual(bitsOf(state));
  });

  it("does the same with its coordinates in another order", () => {
    const turned = (row: readonly number[]): number[] => [...row].reverse();
    const path = walk(rule(), start, gradients).path;
    const other = walk(rule(), turned(start), gradients.map(turned)).path;
    // A norm adds up in another order, so its last bit may change; all else is the same to the bit.
    if (isTensorwise(rule.spec)) expect(difference(other.map(turned), path)).toBeLessThan(1e-12);
    else expect(other.map(turned)).toEqual(path);
  });

  it("treats the tensors of a layout, or single weights, as it would treat them alone", () => {
    const layout = [
      { name: "a", shape: [2, 3], offset: 0 },
      { name: "b", shape: [7], offset: 6 },
    ];
    const whole = walk(rule(), start, gradients, layout).path;
    const cut = (from: number, to: number): number[][] =>
      walk(
        rule(),
        start.slice(from, to),
        gradients.map((g) => g.slice(from, to)),
      ).path;
    const [a, b] = [cut(0, 6), cut(6, 13)];
    expect(whole).toEqual(a.map((row, t) => [...row, ...b[t]]));
  });

  it("leaves weights where they are while no gradient comes, with and without eps", () => {
    const none = gradients.map((g) => g.map(() => 0));
    const own = bare(rule);
    expect(walk(rule(own), start, none).w).toEqual(Float64Array.from(start));
    if ("eps" in rule.spec.hyper)
      expect(walk(rule({ ...own, eps: 0 }), start, none).w).toEqual(Float64Array.from(start));
  });

  it("without eps, a weight that never had a gradient stays and the others move on, finite", () => {
    if (!("eps" in rule.spec.hyper)) return;
    const { w } = walk(rule({ ...bare(rule), eps: 0 }), start, gradients);
    for (const [i, x] of w.entries()) {
      expect(Number.isFinite(x)).toBe(true);
      if (i % 5 === 0) expect(x).toBe(start[i]);
    }
  });

  it("leaves weights where they are with a rate of 0", () => {
    // Rprop's rate is the length of its first step; what a flip leaves of it is bounded from below.
    const shortest = "step_min" in rule.spec.hyper ? { step_min: 0 } : {};
    expect(walk(rule({ lr: 0, ...shortest }), start, gradients).w).toEqual(Float64Array.from(start));
  });

  it("goes downhill", () => {
    const curvature = [1, 3, 0.5];
    const cost = (w: readonly number[]): number => w.reduce((sum, x, i) => sum + 0.5 * curvature[i] * x * x, 0);
    const slope = (w: ArrayLike<number>): number[] => Array.from(w, (x, i) => curvature[i] * x);
    const rate = name === "adadelta" ? {} : { lr: 0.02 };
    const { path } = descend(rule(rate), [1, -2, 3], slope, 300);
    expect(cost(path[299])).toBeLessThan(0.6 * cost([1, -2, 3]));
  });

  it("refuses a gradient that is not finite, and changes nothing", () => {
    const optimizer = rule();
    const { w, state } = walk(optimizer, start, gradients.slice(0, 3));
    const before = [[...w], bitsOf(state)];
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const g = Float64Array.from(gradients[3]);
      g[11] = bad;
      expect(() => optimizer.step(w, g, state)).toThrow(`${name}, step 4: g[11] is ${bad}; nothing was changed`);
      expect([[...w], bitsOf(state)]).toEqual(before);
    }
  });

  it("refuses vectors that do not belong together", () => {
    const optimizer: Optimizer = rule();
    const w = Float64Array.from(start);
    const state = optimizer.init(w);
    expect(() => optimizer.step(w, new Float64Array(SIZE - 1), state)).toThrow(RangeError);
    expect(() => optimizer.step(w, new Float32Array(SIZE), state)).toThrow(RangeError);
    expect(() => Reflect.apply(optimizer.step, optimizer, [w, gradients[0], state])).toThrow(TypeError);
    if (optimizer.slots.length > 0) {
      expect(() => optimizer.step(w, new Float64Array(SIZE), { t: 0 })).toThrow(/make it with init\(w\)/);
      expect(() => optimizer.step(w, new Float64Array(SIZE), optimizer.init(new Float64Array(2)))).toThrow(RangeError);
    }
    expect([...w]).toEqual(start);
  });

  it("takes the same steps, to the bit, when bound once", () => {
    const optimizer = rule();
    const w = Float64Array.from(start);
    const g = new Float64Array(SIZE);
    const state = optimizer.init(w);
    const step = optimizer.bind(w, g, state);
    for (const gradient of gradients) {
      g.set(gradient);
      step();
    }
    const wanted = walk(optimizer, start, gradients);
    expect([...w]).toEqual([...wanted.w]);
    expect(bitsOf(state)).toEqual(bitsOf(wanted.state));
  });

  it("is the same rule after it was written as text and read back", () => {
    const again = parseRule(writeRule(rule.spec), name);
    expect(again.spec.lookahead).toBe(rule.spec.lookahead);
    expect(walk(again(), start, gradients).path).toEqual(walk(rule(), start, gradients).path);
  });

  it("has a title and a source", () => {
    expect(rule.spec.title).toBeTruthy();
    expect(rule.spec.source).toBeTruthy();
  });

  it("takes steps with no weights at all", () => {
    expect(walk(rule(), [], [[], []]).state.t).toBe(2);
  });
});

it("every rule has a formula in plain numbers to be compared with", () => {
  expect(Object.keys(plainRules).sort()).toEqual(rules.map(({ spec }) => spec.name).sort());
});
