import { describe, expect, it } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import { loadState, rules, saveState } from "../../src/optimizers/index.ts";

const optimizers = [...rules.map((rule) => rule()), torch.NAdam({ lr: 0.1 })];

const notCounts = [
  ...[
    ["3", '"3"'],
    [1.5, "1.5"],
    [null, "null"],
    [1e308, "1e+308"],
    [Number.NaN, "NaN"],
    [-5, "-5"],
  ],
  ...[[undefined, "undefined"]],
] as const;

/** For callers without types. */
const call = (step: unknown, ...given: unknown[]): unknown => Reflect.apply(Object(step), undefined, given);

describe.each(optimizers)("$name", (optimizer) => {
  const { name, step, init } = optimizer;
  const bind = (...given: unknown[]): unknown => call(optimizer.bind, ...given);
  const [w, g] = [Float64Array.of(1, -2, 3), Float64Array.of(0.5, 0.25, -1)];

  it.each(notCounts)("takes no step from a state whose t is %s", (t, shown) => {
    const state = { ...init(w), t };
    const says = `${name}: state.t, the number of steps taken, is ${shown}; it must be a whole number, 0 or more`;
    expect(() => call(step, w, g, state)).toThrow(says);
    expect(() => bind(w, g, state)).toThrow(says);
    expect([...w]).toEqual([1, -2, 3]);
  });

  it("takes no step from a frozen state, and changes nothing", () => {
    const state = init(w);
    const before = saveState(state);
    Object.freeze(state);
    const says = `${name}: the state is frozen, and a step changes it; step on a copy, { ...state }`;
    expect(() => step(w, g, state)).toThrow(says);
    expect(() => bind(w, g, state)).toThrow(says);
    expect([saveState(state), [...w]]).toEqual([before, [1, -2, 3]]);
  });

  it.each([[undefined], [null], [5], ["state"], [[1]]])("takes no step from the state %s", (state) => {
    expect(() => call(step, w, g, state)).toThrow(`${name}: the state is`);
    expect(() => bind(w, g, state)).toThrow(`${name}: the state is`);
  });

  it("takes no step where the numbers that it keeps are none", () => {
    for (const scalar of Object.keys(optimizer.spec.scalars ?? {}))
      for (const value of ["1", null, undefined])
        expect(() => call(step, w, g, { ...init(w), [scalar]: value })).toThrow(`${name}: state.${scalar} is`);
  });

  it("takes no step where vectors share memory, and says whose", () => {
    const state = init(w);
    expect(() => step(w, w, state)).toThrow(
      `${name}: w and g share memory; give each a vector of its own, such as g.slice()`,
    );
    const both = new Float64Array(5);
    expect(() => step(both.subarray(0, 3), both.subarray(2), state)).toThrow(`${name}: w and g share memory`);
    for (const slot of optimizer.slots)
      expect(() => step(w, g, { ...state, [slot]: w })).toThrow(`${name}: w and ${slot} share memory`);
  });

  it("takes no step with anything but vectors", () => {
    expect(() => call(step)).toThrow(`${name}: w must be a Float32Array or Float64Array`);
    expect(() => call(step, [1], [2], { t: 0 })).toThrow(`${name}: w must be a Float32Array or Float64Array`);
    expect(() => call(step, w, [1, 2, 3], init(w))).toThrow(`${name}: g must be a Float32Array or Float64Array`);
  });
});

it.each(["soon", "-1", "1.5", "1e308"])("a saved state whose t is %s is refused in the same words", (t) => {
  const head = JSON.stringify({ format: "downhill-state 1", numbers: { t }, vectors: [] });
  expect(() => loadState(new TextEncoder().encode(`${head}\n`))).toThrow(
    `saved state: t, the number of steps taken, is ${Number(t)}; it must be a whole number, 0 or more`,
  );
});
