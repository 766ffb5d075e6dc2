import type { Vector } from "../../src/expr/index.ts";
import {
  adam,
  findRule,
  momentum,
  type Rule,
  rules,
  withAccumulation,
  withAveraging,
  withNormClipping,
  withSlowWeights,
} from "../../src/optimizers/index.ts";

/** Longer than what is computed without a look ahead. */
export const LONG = 9000;

const wrapped: readonly Rule[] = [
  withNormClipping(adam),
  withAveraging(momentum),
  withSlowWeights(adam),
  withAccumulation(adam),
];
/** All rules, and some with wrappers, by name. */
export const all = [...rules.map(({ spec }) => findRule(spec.name)), ...wrapped].map(
  (rule) => [rule.spec.name, rule] as const,
);

/** Numbers of sizes from 1e−5 to 10 times `size`. */
export const wave = (dtype: "f32" | "f64", size: number, seed: number): Vector => {
  const x = Float64Array.from({ length: LONG }, (_, i) => size * Math.sin(seed + i) * 10 ** ((i % 7) - 5));
  return dtype === "f32" ? Float32Array.from(x) : x;
};
