import { expect, it } from "vitest";
import { type Runs, recovers, supports } from "../../lecture/experiments/adam-dead-region.ts";

const corrected: Runs = { dead: [7, 19, 15, 9], losses: [0.03, 0.03, 0.02, 0.02] };
const plain: Runs = { dead: [51, 39, 51, 51], losses: [0.09, 0.05, 0.1, 0.04] };
const plain4: Runs = { dead: [109, 125, 128, 104], losses: [0.8, 1.8, 2.3, 1.8] };

it("asks that the forms don't overlap over the seeds", () => {
  expect(supports([corrected, corrected, plain, plain4])).toBe(true);
  expect(supports([corrected, corrected, { ...plain, dead: [51, 39, 51, 18] }, plain4])).toBe(false);
  expect(supports([corrected, corrected, plain, { ...plain4, dead: [109, 125, 128, 60] }])).toBe(false);
  expect(supports([corrected, corrected, plain, { ...plain4, losses: [0.8, 1.8, 0.02, 1.8] }])).toBe(false);
  expect(supports([corrected, { ...corrected, dead: [30, 30, 30, 30] }, plain, plain4])).toBe(false);
});

it("asks that without correction, too, a smaller rate trains well", () => {
  const at = (...losses: number[]) => losses.map((loss) => ({ losses: [loss, loss] }));
  const withCorrection = at(0.14, 0.04, 0.02, 0.1);
  const good = at(0.03, 0.01, 0.07, 1.8);
  expect(recovers([withCorrection, withCorrection, good, good], 2)).toBe(true);
  expect(recovers([withCorrection, withCorrection, good, at(0.9, 0.8, 0.01, 0.01)], 2)).toBe(false);
  expect(recovers([withCorrection, withCorrection, at(0.03, 0.03, 0.07, 1.8), good], 2)).toBe(false);
  expect(recovers([at(0.01, 0.04), at(0.01, 0.04), good, good], 0)).toBe(false);
});
