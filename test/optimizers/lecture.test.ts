import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  adagrad,
  adam,
  adamUncorrected,
  gradientDescent,
  momentum,
  momentumAveraged,
  nesterov,
  nesterovRewritten,
  rmsprop,
  rmspropCentered,
} from "../../src/optimizers/index.ts";
import { descend, difference, someGradients, someWeights, walk } from "./descents.ts";

const gradients = someGradients(30, 7);
const start = someWeights(7);

/** The lengths of steps at a gradient that is always 1, in units of lr. */
const steadySteps = (rule: typeof adamUncorrected, count: number): number[] => {
  const w = Float64Array.of(0);
  const optimizer = rule({ lr: 1, eps: 0 });
  const state = optimizer.init(w);
  return Array.from({ length: count }, () => {
    const [before] = w;
    optimizer.step(w, Float64Array.of(1), state);
    return before - w[0];
  });
};

describe("steps without bias correction are as long as the pages say", () => {
  const page = (name: string): string =>
    readFileSync(new URL(`../../docs/optimizers/${name}.md`, import.meta.url), "utf8").replace(/\s+/g, " ");

  it("Adam's grow from the first on", () => {
    const steps = steadySteps(adamUncorrected, 200);
    expect(page("adam-uncorrected")).toContain(
      `first step is lr·(1 − β₁)/√(1 − β₂) ≈ ${steps[0].toFixed(1)} lr, and at a steady gradient later steps reach ${Math.max(...steps).toFixed(1)} lr.`,
    );
  });

  it("RMSProp's shrink from the first on", () => {
    const steps = steadySteps(rmsprop, 200);
    expect(steps[0]).toBeCloseTo(1 / Math.sqrt(1 - 0.9), 12);
    expect(steps[1]).toBeLessThan(0.75 * steps[0]);
    expect(steps[199]).toBeCloseTo(1, 9);
    expect(page("rmsprop")).toContain(
      `the first step is about lr/√(1 − ρ), ${steps[0].toFixed(1)} lr by default, and at a steady gradient later ones approach lr`,
    );
  });

  it("so are those by the gradient's standard deviation", () => {
    const [first] = steadySteps(rmspropCentered, 1);
    expect(first).toBeCloseTo(1 / Math.sqrt(0.9 * (1 - 0.9)), 12);
    expect(page("rmsprop-centered")).toContain(
      `the first step is about lr/√(ρ(1 − ρ)), ${first.toFixed(1)} lr by default`,
    );
  });
});

describe("the lecture's numbers", () => {
  it("Adagrad by hand: the sums of squares and the last steps", () => {
    const lr = 0.1;
    const given = [
      [-2, -10],
      [-1.5, -10],
      [-1.25, -9],
      [-1, 9],
    ];
    const optimizer = adagrad({ lr, eps: 0 });
    const w = Float64Array.of(0, 0);
    const state = optimizer.init(w);
    const sums: number[][] = [];
    let before = [0, 0];
    for (const g of given) {
      before = [...w];
      optimizer.step(w, Float64Array.from(g), state);
      sums.push(Array.from(state.s instanceof Float64Array ? state.s : []));
    }
    expect(sums).toEqual([
      [4, 100],
      [6.25, 200],
      [7.8125, 281],
      [8.8125, 362],
    ]);
    expect(w[0] - before[0]).toBeCloseTo((-lr * -1) / Math.sqrt(8.8125), 15);
    expect(w[1] - before[1]).toBeCloseTo((-lr * 9) / Math.sqrt(362), 15);
  });

  it("momentum with and without 1 − β: the same path when the rate is scaled by 1/(1 − β)", () => {
    const summed = walk(momentum({ lr: 0.05, beta: 0.9 }), start, gradients).path;
    const averaged = walk(momentumAveraged({ lr: 0.05 / (1 - 0.9), beta: 0.9 }), start, gradients).path;
    expect(difference(averaged, summed)).toBeLessThan(1e-12);
  });

  it("and with a rate that changes on the way, the same path still, since the rate is outside the velocity", () => {
    const falling = (t: number): number => 0.05 / t;
    const summed = walk(momentum({ lr: falling }), start, gradients).path;
    const averaged = walk(momentumAveraged({ lr: (t) => falling(t) * 10 }), start, gradients).path;
    expect(difference(averaged, summed)).toBeLessThan(1e-12);
  });

  it("but not where β changes on the way", () => {
    const beta = (t: number): number => 1 - 1 / (t + 1);
    const summed = walk(momentum({ lr: 0.05, beta }), start, gradients).path;
    const averaged = walk(momentumAveraged({ lr: (t) => 0.05 * (t + 1), beta }), start, gradients).path;
    expect(difference(averaged, summed)).toBeGreaterThan(1e-3);
  });

  it("at a constant gradient momentum's steps grow to lr/(1 − β), by the sum 1 + β + β² + …", () => {
    const { path } = walk(
      momentum({ lr: 0.01, beta: 0.9 }),
      [0],
      Array.from({ length: 100 }, () => [1]),
    );
    for (const t of [0, 1, 2, 10, 99]) {
      const step = path[t][0] - (path[t - 1]?.[0] ?? 0);
      expect(step).toBeCloseTo((-0.01 * (1 - 0.9 ** (t + 1))) / (1 - 0.9), 12);
    }
  });

  it("gradients that change sign cancel, gradients that agree add up", () => {
    const signs = Array.from({ length: 50 }, (_, t) => [t % 2 === 0 ? 1 : -1, 1]);
    const { w } = walk(momentum({ lr: 0.01, beta: 0.9 }), [0, 0], signs);
    expect(Math.abs(w[1])).toBeGreaterThan(50 * Math.abs(w[0]));
  });

  it("Nesterov's w, seen from the looked-ahead point, is the rewritten form's w", () => {
    const slope = (w: ArrayLike<number>): number[] => Array.from(w, (x, i) => (i + 1) * x + Math.sin(3 * x));
    const [lr, beta] = [0.02, 0.9];
    const original = descend(nesterov({ lr, beta }), start, slope, 40);
    const rewritten = descend(nesterovRewritten({ lr, beta }), start, slope, 40);
    const w = Float64Array.from(start);
    const optimizer = nesterov({ lr, beta });
    const state = optimizer.init(w);
    const ahead = original.path.map(() => {
      const at = optimizer.lookahead?.at(w, state) ?? w;
      optimizer.step(w, Float64Array.from(slope(at)), state);
      return [...(optimizer.lookahead?.at(w, state) ?? w)];
    });
    expect(difference(ahead, rewritten.path)).toBeLessThan(1e-12);
    expect(difference(original.path, rewritten.path)).toBeGreaterThan(1e-3);
  });

  it("Nesterov wants its gradient at w − lr·β·v, which is w before the first step", () => {
    const optimizer = nesterov({ lr: 0.1, beta: 0.5 });
    const w = Float64Array.of(1, 2);
    const state = optimizer.init(w);
    expect([...(optimizer.lookahead?.at(w, state) ?? [])]).toEqual([1, 2]);
    optimizer.step(w, Float64Array.of(1, -4), state);
    expect([...(optimizer.lookahead?.at(w, state) ?? [])]).toEqual([0.9 - 0.05, 2.4 + 0.2]);
    expect([...w]).toEqual([0.9, 2.4]);
    expect(momentum().lookahead).toBeUndefined();
  });

  it("without eps, Adam's first step has the length lr in every coordinate, whatever the gradient's size", () => {
    const g = [1e-8, -1e-4, 3, -1e6];
    const { w } = walk(adam({ lr: 0.1, eps: 0 }), [0, 0, 0, 0], [g]);
    for (const [i, x] of w.entries()) expect(x).toBeCloseTo(-0.1 * Math.sign(g[i]), 14);
  });

  it("without the correction it is (1 − β₁)/√(1 − β₂) times as long: 3.16", () => {
    const { w } = walk(adamUncorrected({ lr: 0.1, eps: 0 }), [0], [[5]]);
    expect(w[0]).toBeCloseTo(-0.1 * (0.1 / Math.sqrt(0.001)), 13);
  });

  it("RMSProp's first step is lr/√(1 − ρ) long, and with a constant gradient the steps fall to lr", () => {
    const { path } = walk(
      rmsprop({ lr: 0.1, rho: 0.9, eps: 0 }),
      [0],
      Array.from({ length: 200 }, () => [7]),
    );
    expect(path[0][0]).toBeCloseTo(-0.1 / Math.sqrt(0.1), 13);
    expect(path[199][0] - path[198][0]).toBeCloseTo(-0.1, 8);
  });

  it("Adagrad's steps at a constant gradient fall as 1/√t, so that the path grows as √t", () => {
    const { path } = walk(
      adagrad({ lr: 0.1, eps: 0 }),
      [0],
      Array.from({ length: 400 }, () => [3]),
    );
    for (const t of [1, 100, 400])
      expect(path[t - 1][0] - (path[t - 2]?.[0] ?? 0)).toBeCloseTo(-0.1 / Math.sqrt(t), 13);
  });

  it("gradient descent on a bowl shrinks each coordinate by 1 − lr·λ, and diverges beyond lr = 2/λ", () => {
    const slope = (w: ArrayLike<number>): number[] => [2 * w[0]];
    const { path } = descend(gradientDescent({ lr: 0.1 }), [1], slope, 30);
    expect(path[29][0]).toBeCloseTo(0.8 ** 30, 14);
    expect(Math.abs(descend(gradientDescent({ lr: 1.01 }), [1], slope, 30).path[29][0])).toBeGreaterThan(1.5);
  });
});
