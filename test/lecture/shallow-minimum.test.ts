import { describe, expect, it } from "vitest";
import { frictionOf, roll, shallowMinimum } from "../../lecture/experiments/shallow-minimum.ts";
import { momentum } from "../../src/optimizers/index.ts";
import { tiltedValleys } from "../../src/surfaces/catalogue.ts";
import { minimize } from "../../src/train/walk/minimize.ts";

/** The ball is let go here. */
const START = 1.8;

describe("shallow-minimum", () => {
  it("rolls a ball in a bowl as the closed form says", () => {
    // x″ + γx′ + x = 0 from rest: x = START·e^(−γt/2)·(cos ωt + γ/(2ω)·sin ωt), ω² = 1 − γ²/4.
    for (const friction of [0, 0.3, 1]) {
      const omega = Math.sqrt(1 - friction ** 2 / 4);
      const positions = roll((x) => x, friction);
      for (const k of [1, 10, 300, 2000]) {
        const t = 0.01 * k;
        const wave = Math.cos(omega * t) + (friction / (2 * omega)) * Math.sin(omega * t);
        expect(positions[k]).toBeCloseTo(START * Math.exp((-friction * t) / 2) * wave, 8);
      }
    }
  });

  it("knows the ball that momentum imitates: in a bowl its swings die out at the rate of the friction", () => {
    // A heavy ball's amplitude on a quadratic falls by √β a step, and the ball's by e^(−γh/2).
    for (const [beta, lr] of [
      [0.9, 0.01],
      [0.99, 1e-4],
    ]) {
      const h = Math.sqrt((2 * lr) / (1 + beta));
      expect(Math.exp((-frictionOf(beta, lr) * h) / 2) / Math.sqrt(beta)).toBeCloseTo(1, 3);
    }
  });

  it("finds the least β: below it no walk gets over the ridge, above it every one does", async () => {
    const { numbers } = await shallowMinimum.run({
      temperatures: [],
      landscapes: [],
      data: () => Promise.reject(new Error("no data is needed")),
      device: () => Promise.reject(new Error("no net is trained")),
    });
    const [out] = [numbers.leastBetaOut].flat(2).map(Number);
    const lowest = (beta: number): number => {
      const path = minimize(tiltedValleys, { optimizer: momentum({ lr: 0.01, beta }), start: [START, 0], steps: 500 });
      return Math.min(...path.points.filter((_, i) => i % 2 === 0));
    };
    const [{ at }] = tiltedValleys.saddles;
    for (let beta = 0; beta < out; beta += 0.01) expect(lowest(beta)).toBeGreaterThan(at[0]);
    for (let beta = out + 1e-6; beta < 1; beta += 0.01) expect(lowest(beta)).toBeLessThan(at[0]);
  });
});
