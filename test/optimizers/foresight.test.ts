import { describe, expect, it } from "vitest";
import type { Vector } from "../../src/expr/index.ts";
import { adam, gradientDescent, type Optimizer, type State } from "../../src/optimizers/index.ts";
import { all, LONG, wave } from "./long-vectors.ts";

/** All numbers, to be compared as bytes. */
const bytesOf = (w: Vector, state: State): Buffer =>
  Buffer.concat(
    [w, ...Object.values(state)].map((x) =>
      typeof x === "number" ? Buffer.from(String(x)) : Buffer.from(x.buffer, x.byteOffset, x.byteLength),
    ),
  );
const vectorsIn = (w: Vector, state: State): Vector[] => [
  w,
  ...Object.values(state).filter((x) => typeof x !== "number"),
];

function refused(optimizer: Optimizer, w: Vector, g: Vector, state: State): boolean {
  try {
    optimizer.step(w, g, state);
    return false;
  } catch (error) {
    expect(String(error)).toContain("nothing was changed");
    return true;
  }
}

describe.each(["f32", "f64"] as const)("steps of long vectors in %s", (dtype) => {
  it.each(all)("are those of a bound step: %s", (_, rule) => {
    const optimizer = rule({ lr: 0.01 });
    const [a, b] = [wave(dtype, 1, 0), wave(dtype, 1, 0)];
    const g = a.slice();
    const [mine, bound] = [optimizer.init(a), optimizer.init(b)];
    const step = optimizer.bind(b, g, bound);
    for (let seed = 1; seed < 7; seed++) {
      g.set(wave(dtype, seed, seed));
      optimizer.step(a, g, mine);
      expect(step()).toBe(true);
    }
    expect(bytesOf(a, mine).equals(bytesOf(b, bound))).toBe(true);
  });

  it.each(all)("stay finite or are refused whole, at the borders of numbers: %s", (_, rule) => {
    const [huge, tiny] = dtype === "f32" ? [3e37, 1e-25] : [1e307, 1e-170];
    const own = "eps" in rule.spec.hyper ? [{}, { eps: 0 }] : [{}];
    for (const hyper of own) {
      const optimizer = rule(hyper);
      const w = wave(dtype, 1, 0);
      const state = optimizer.init(w);
      for (const [i, size] of [1, 1, tiny, 1, huge, 1, Math.sqrt(huge), 1].entries()) {
        const g = wave(dtype, 1, i + 1);
        g[LONG - 1 - i] = size;
        const before = bytesOf(w, state);
        if (refused(optimizer, w, g, state)) expect(bytesOf(w, state).equals(before)).toBe(true);
        for (const vector of vectorsIn(w, state)) expect(vector.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("what was known of a state", () => {
  it("is not relied on where another vector takes a slot's place, or the state goes back in time", () => {
    const optimizer = adam({ lr: 0.1, eps: 1e-8 });
    const w = wave("f64", 1, 0);
    const g = wave("f64", 1, 1);
    const state = optimizer.init(w);
    optimizer.step(w, g, state);
    Object.assign(state, { m: new Float64Array(LONG).fill(1.7e308) });
    const before = w.slice();
    expect(refused(optimizer, w, g, state)).toBe(true);
    expect(w).toEqual(before);
    Object.assign(state, optimizer.init(w));
    expect(refused(optimizer, w, g, state)).toBe(false);
  });

  it("that no step leads to is named where it spoilt w", () => {
    const optimizer = gradientDescent({ lr: 1 });
    const w = wave("f64", 1, 0);
    const state = optimizer.init(w);
    optimizer.step(w, wave("f64", 1, 1), state);
    w.fill(-1.7e308);
    const g = new Float64Array(LONG).fill(1e270);
    expect(() => optimizer.step(w, g.fill(1.7e308), state)).toThrow("nothing was changed");
  });
});
