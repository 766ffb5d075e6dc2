import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../src/objective/index.ts";
import { noisy } from "../../src/objective/noisy.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { beale, longValley, quadratic } from "../../src/surfaces/catalogue.ts";
import { minimize } from "../../src/train/index.ts";

/** Noise of the first component at many points, where the gradient is known to be (x, 10y). */
function sample(sigma: number, seed: number, count: number): number[][] {
  const target = noisy(quadratic(10), { sigma, seed });
  const g = new Float64Array(2);
  return Array.from({ length: count }, (_, k) => {
    const w = Float64Array.of(k / 64, -k / 128);
    target.valueAndGradient(w, g);
    return [g[0] - w[0], g[1] - 10 * w[1]];
  });
}

const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;

describe("noisy", () => {
  it("adds normal noise of the given size to each component, independently", () => {
    const noise = sample(0.5, 1, 4000);
    const [x, y] = [0, 1].map((i) => noise.map((pair) => pair[i] / 0.5));
    // Bounds of four standard errors: the seed is fixed, so this holds always or never.
    for (const part of [x, y]) {
      expect(Math.abs(mean(part))).toBeLessThan(4 / Math.sqrt(4000));
      expect(Math.abs(mean(part.map((value) => value ** 2)) - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
      expect(Math.abs(mean(part.map((value) => value ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / 4000));
      // Neighbouring points have nothing to do with each other.
      expect(Math.abs(mean(part.slice(1).map((value, i) => value * part[i])))).toBeLessThan(4 / Math.sqrt(4000));
    }
    expect(Math.abs(mean(x.map((value, i) => value * y[i])))).toBeLessThan(4 / Math.sqrt(4000));
  });

  it("is a function of seed and point alone", () => {
    const target = noisy(beale, { sigma: 1, seed: 3 });
    const [first, again, other] = [new Float64Array(2), new Float64Array(2), new Float64Array(2)];
    target.valueAndGradient(Float64Array.of(1, 2), first);
    target.valueAndGradient(Float64Array.of(1.5, 2), other);
    noisy(beale, { sigma: 1, seed: 3 }).valueAndGradient(Float64Array.of(1, 2), again);
    expect([...again]).toEqual([...first]);
    expect(other[0]).not.toBe(first[0]);
    noisy(beale, { sigma: 1, seed: 4 }).valueAndGradient(Float64Array.of(1, 2), other);
    expect(other[0]).not.toBe(first[0]);
    noisy(quadratic(1), { sigma: 1, seed: 3 }).valueAndGradient(Float64Array.of(0, 0), first);
    noisy(quadratic(1), { sigma: 1, seed: 3 }).valueAndGradient(Float64Array.of(-0, -0), again);
    expect([...again]).toEqual([...first]);
  });

  it("leaves values alone, and without noise the gradient, too", () => {
    const [g, clean] = [new Float64Array(2), new Float64Array(2)];
    const w = Float64Array.of(1, 1.6);
    const value = objectiveOf(beale).gradient(w, clean);
    expect(noisy(beale, { sigma: 2, seed: 0 }).valueAndGradient(w, g)).toBe(value);
    expect([...g]).not.toEqual([...clean]);
    noisy(beale, { sigma: 0, seed: 0 }).valueAndGradient(w, g);
    expect([...g]).toEqual([...clean]);
  });

  it("can be walked down from the surface's own start, the same way twice", () => {
    const target = noisy(beale, { sigma: 0.3, seed: 5 });
    const walk = () => minimize(target, { optimizer: adam({ lr: 0.05 }), steps: 400 });
    const [first, second] = [walk(), walk()];
    expect([...first.points.subarray(0, 2)]).toEqual([...beale.start]);
    expect([...second.points]).toEqual([...first.points]);
    expect(first.values[0]).toBe(minimize(beale, { optimizer: adam(), steps: 0 }).values[0]);
    expect(first.values[400]).toBeLessThan(1);
  });

  it("keeps gradient descent at a distance that grows with the noise, as theory has it", () => {
    // On ½κy² the walk y ← y − lr(κy + ε) settles at variance lr·σ²/(κ(2 − lr·κ)).
    const [lr, kappa, sigma, steps] = [0.01, 100, 2, 20000];
    const target = noisy(longValley, { sigma, seed: 7 });
    const { points } = minimize(target, { optimizer: gradientDescent({ lr }), start: [0, 0], steps });
    const squares = Array.from({ length: steps / 2 }, (_, k) => points[2 * (k + steps / 2) + 1] ** 2);
    const variance = (lr * sigma ** 2) / (kappa * (2 - lr * kappa));
    expect(mean(squares) / variance).toBeGreaterThan(0.93);
    expect(mean(squares) / variance).toBeLessThan(1.07);
  });

  it("takes a user's own objective, and refuses invalid noise", () => {
    const mine = {
      name: "mine",
      dimension: 1,
      valueAndGradient: (w: Float64Array, g: Float64Array) => {
        g[0] = 2 * w[0];
        return w[0] ** 2;
      },
    };
    expect(noisy(mine, { sigma: 1, seed: 0 }).valueAndGradient(Float64Array.of(3), new Float64Array(1))).toBe(9);
    expect(() => noisy(mine, { sigma: -1, seed: 0 })).toThrow("sigma is -1; it must be a number, 0 or more");
    expect(() => noisy(mine, { sigma: 1, seed: 0.5 })).toThrow("seed is 0.5; it must be a whole number, 0 or more");
  });
});
