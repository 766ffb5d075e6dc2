import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  betaOfHalfLife,
  betaOfSpan,
  betaOfWindow,
  ewa,
  ewaOf,
  ewaWeights,
  halfLifeOf,
  lagOf,
  spanOf,
  windowOf,
} from "../../src/averages/index.ts";

const beta = fc.double({ min: 0, max: 0.999, noNaN: true });
const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("the exponentially weighted average", () => {
  it("gives the lecture's numbers: 7.5, 4, 6, 8 with β = 0.9", () => {
    const uncorrected = ewaOf([7.5, 4, 6, 8], { beta: 0.9, corrected: false });
    for (const [i, wanted] of [0.75, 1.075, 1.5675, 2.21075].entries()) expect(uncorrected[i]).toBeCloseTo(wanted, 12);
    const corrected = ewaOf([7.5, 4, 6, 8], { beta: 0.9 });
    for (const [i, wanted] of [0.75 / 0.1, 1.075 / 0.19, 1.5675 / 0.271, 2.21075 / 0.3439].entries())
      expect(corrected[i]).toBeCloseTo(wanted, 12);
  });

  it("is the sum of the numbers by their unrolled weights", () => {
    fc.assert(
      fc.property(beta, numbers, fc.boolean(), (b, x, corrected) => {
        const weights = ewaWeights({ beta: b, corrected }, x.length);
        const sum = x.reduce((total, value, i) => total + value * weights[x.length - 1 - i], 0);
        expect(ewaOf(x, { beta: b, corrected }).at(-1)).toBeCloseTo(sum, 8);
      }),
    );
  });

  it("of a constant is that constant from the first number on, where corrected", () => {
    fc.assert(
      fc.property(beta, fc.integer({ min: 1, max: 50 }), (b, count) => {
        for (const value of ewaOf(new Float64Array(count).fill(3), { beta: b })) expect(value).toBeCloseTo(3, 9);
      }),
    );
  });

  it("goes on from a saved state", () => {
    const whole = ewaOf([1, 5, 2, 8, 3], { beta: 0.8 });
    const first = ewa({ beta: 0.8 });
    for (const x of [1, 5, 2]) first.add(x);
    const second = ewa({ beta: 0.8 }, first.state);
    second.add(8);
    expect(second.add(3)).toBe(whole[4]);
    expect([second.value, second.count]).toEqual([whole[4], 5]);
  });

  it("lags a rising line by β/(1 − β)", () => {
    const line = Float64Array.from({ length: 2000 }, (_, t) => t);
    expect(1999 - (ewaOf(line, { beta: 0.9 }).at(-1) ?? 0)).toBeCloseTo(lagOf(0.9), 9);
  });

  it("refuses invalid averages", () => {
    expect(() => ewa({ beta: 1 })).toThrow("beta is 1");
    expect(() => ewaOf([1, Number.NaN], { beta: 0.5 })).toThrow("number 2 is NaN");
    expect(() => betaOfWindow(0.5)).toThrow("the window is 0.5; it must be a number, 1 or more");
  });
});

describe("window, half-life and span", () => {
  it("of 0.9 and 0.98 are the lecture's", () => {
    expect(windowOf(0.9)).toBeCloseTo(10, 12);
    expect(windowOf(0.98)).toBeCloseTo(50, 12);
    expect(spanOf(0.9)).toBeCloseTo(19, 12);
    expect(0.9 ** halfLifeOf(0.9)).toBeCloseTo(0.5, 12);
    // After one window the weight has fallen to about 1/e.
    expect(0.98 ** windowOf(0.98)).toBeCloseTo(Math.exp(-1), 2);
  });

  it("turn into β and back", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e4, noNaN: true }), (length) => {
        expect(windowOf(betaOfWindow(length)) / length).toBeCloseTo(1, 9);
        expect(halfLifeOf(betaOfHalfLife(length)) / length).toBeCloseTo(1, 9);
        expect(spanOf(betaOfSpan(length)) / length).toBeCloseTo(1, 9);
      }),
    );
  });
});
