import { expect, test } from "vitest";
import { RecentRate } from "../../cli/print/recent-rate.ts";

test("the time left is by the speed of the last minute", () => {
  const rate = new RecentRate();
  expect(rate.left(0, 0)).toBeNaN();
  // A tenth in 10 s: nine more take 90 s.
  expect(rate.left(0.1, 10_000)).toBeCloseTo(90, 9);
  expect(rate.left(0.4, 40_000)).toBeCloseTo(60, 9);
  // From here on a tenth takes 100 s; a minute later nothing else counts.
  for (let second = 50; second <= 200; second += 10) rate.left(0.4 + (second - 40) / 1000, 1000 * second);
  expect(rate.left(0.57, 210_000)).toBeCloseTo(430, 6);
});

test("what was found finished does not count as speed", () => {
  const rate = new RecentRate();
  rate.left(0, 0);
  rate.restart();
  expect(rate.left(0.5, 10)).toBeNaN();
  expect(rate.left(0.6, 10_010)).toBeCloseTo(40, 9);
});
