import { expect, test } from "vitest";
import { scheduleFrom } from "../../src/optimizers/index.ts";

const span = { lr: 0.1, steps: 100 };
const at = (text: string, ...steps: number[]): number[] => steps.map((t) => scheduleFrom(text, span)(t));

test.each([
  ["constant", [1, 100], [0.1, 0.1]],
  ["cosine", [1, 51, 101], [0.1, 0.05, 0]],
  ["cosine:warmup=10,end=0.01", [1, 10, 11, 101], [0.01, 0.1, 0.1, 0.01]],
  ["cosine:cycles=2", [1, 51, 26], [0.1, 0.1, 0.05]],
  ["one-cycle", [1, 31], [0.1 / 25, 0.1]],
  ["step", [1, 34, 35, 69], [0.1, 0.1, 0.01, 0.001]],
  ["step:every=10,factor=0.5", [10, 11, 21], [0.1, 0.05, 0.025]],
  ["exponential", [1, 101], [0.1, 0.001]],
  ["exponential:decay=0.5", [1, 3], [0.1, 0.025]],
  ["polynomial", [1, 51, 101], [0.1, 0.05, 0]],
  ["polynomial:power=2,end=0.02", [51, 200], [0.02 + 0.08 / 4, 0.02]],
  ["1/t", [1, 101], [0.1, 0.01]],
  ["1/t:decay=1", [1, 10], [0.1, 0.01]],
  ["1/sqrt(t)", [1, 100], [0.1, 0.01]],
  ["plateau", [1, 100], [0.1, 0.1]],
])("%s at steps %j is %j", (text, steps, values) => {
  for (const [i, value] of at(text, ...steps).entries()) expect(value).toBeCloseTo(values[i], 12);
});

test.each([
  ["", 'schedule "" is not known'],
  ["toString", 'schedule "toString" is not known'],
  ["cosine:warmup", "warmup is"],
  ["cosine:warmup=", "write warmup=1"],
  ["cosine:warmup=100", "less than steps (100)"],
  ["step:every=0", "every is 0"],
  ["constant:lr=1", `constant's setting "lr" is not known (allowed: none)`],
])("%j is refused", (text, says) => {
  expect(() => scheduleFrom(text, span)).toThrow(RangeError);
  expect(() => scheduleFrom(text, span)).toThrow(says);
});
