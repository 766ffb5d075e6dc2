import type { Vector } from "../../src/expr/index.ts";
import type { Layout } from "../../src/expr/layout.ts";
import type { Optimizer, Rule, State } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";

/** Gradients of changing sign, sizes from 1e-3 to 10, every fifth component 0; the first one always. */
export function someGradients(steps: number, size: number, seed = 1): number[][] {
  const random = new Random(seed);
  return Array.from({ length: steps }, () =>
    Array.from({ length: size }, (_, i) => (i % 5 === 0 ? 0 : random.normal() * 10 ** ((i % 5) - 3))),
  );
}

/** A start whose numbers lie between 1 and 3 in size. */
export const someWeights = (size: number, seed = 2): number[] => {
  const random = new Random(seed);
  return Array.from({ length: size }, () => (random.uniform() < 0.5 ? -1 : 1) * (1 + 2 * random.uniform()));
};

/** Tensors of one axis, one after the other. */
export const layoutOf = (sizes: readonly number[]): Layout =>
  sizes.map((size, i) => ({
    name: `tensor ${i}`,
    shape: [size],
    offset: sizes.slice(0, i).reduce((sum, length) => sum + length, 0),
  }));

/** Takes all steps from the start, in float64, and returns w after each. */
export function walk(
  optimizer: Optimizer,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  layout?: Layout,
): { path: number[][]; w: Vector; state: State } {
  const w = Float64Array.from(start);
  const state = optimizer.init(w);
  const path = gradients.map((g) => {
    optimizer.step(w, Float64Array.from(g), state, layout);
    return [...w];
  });
  return { path, w, state };
}

/** Takes steps down a cost's slope, with gradients where the rule wants them, and returns w after each. */
export function descend(
  optimizer: Optimizer,
  start: readonly number[],
  gradient: (w: ArrayLike<number>) => readonly number[],
  steps: number,
): { path: number[][]; state: State } {
  const w = Float64Array.from(start);
  const state = optimizer.init(w);
  const path = Array.from({ length: steps }, () => {
    const at = optimizer.lookahead?.at(w, state) ?? w;
    optimizer.step(w, Float64Array.from(gradient(at)), state);
    return [...w];
  });
  return { path, state };
}

/** The hyper-parameters of a rule as numbers, with some set to other values. */
export const settings = ({ spec }: Rule, own: Readonly<Record<string, number>> = {}): Record<string, number> => ({
  ...spec.hyper,
  ...own,
});

/** The largest |a − b| / max(|b|, 1e-3): weights of these tests are of size 1, and may pass close by 0. */
export const difference = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number =>
  Math.max(
    ...b.map((row, t) =>
      Math.max(
        ...Array.from(row, (x, i) => {
          const d = Math.abs(a[t][i] - x) / Math.max(Math.abs(x), 1e-3);
          return Number.isNaN(d) ? Number.POSITIVE_INFINITY : d;
        }),
      ),
    ),
  );
