import { expect, it } from "vitest";
import { tunedRate } from "../../lecture/index.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";

const descent = (lr: number) => gradientDescent({ lr });

it("finds the rate of the lattice that is best on a bowl, from far below and far above", () => {
  // ½(x² + 10y²): best is 2/(1 + 10) = 0.1818; the lattice has 0.18, and nothing from 0.2 on converges.
  for (const from of [1e-4, 0.01, 10])
    expect(tunedRate(surfaces.quadratic(10), descent, { start: [3, 2], from })).toBe(0.18);
});

it("is best among its neighbours on Beale's function", () => {
  const meanOf = (lr: number): number => {
    const { values } = minimize(surfaces.beale, { optimizer: adam({ lr }), steps: 100 });
    return values.subarray(values.length >> 1).reduce((sum, value) => sum + value, 0);
  };
  const best = tunedRate(surfaces.beale, (lr) => adam({ lr }), { from: 0.001, steps: 100 });
  for (const factor of [10 ** 0.25, 10 ** -0.25, 10 ** 0.5, 10 ** -0.5])
    expect(meanOf(best)).toBeLessThanOrEqual(meanOf(best * factor));
});

it("keeps walks that fall without bound near the window", () => {
  const lr = tunedRate(surfaces.saddle, descent, { from: 0.01, steps: 100 });
  const { points } = minimize(surfaces.saddle, { optimizer: descent(lr), steps: 100 });
  const [low, high] = surfaces.saddle.domain[1];
  expect(Math.abs(points[points.length - 1])).toBeLessThan(2 * (high - low));
});
