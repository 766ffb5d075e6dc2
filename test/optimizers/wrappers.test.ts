import { describe, expect, it } from "vitest";
import {
  adam,
  adamw,
  findRule,
  gradientDescent,
  lamb,
  momentum,
  nesterov,
  parseRule,
  type Rule,
  rule as ruleOf,
  rules,
  withAccumulation,
  withAveraging,
  withL2,
  withNormClipping,
  withSlowWeights,
  withValueClipping,
  withWeightDecay,
  writeRule,
} from "../../src/optimizers/index.ts";
import { difference, layoutOf, someGradients, someWeights, walk } from "./descents.ts";

const SIZE = 11;
const start = someWeights(SIZE);
const gradients = someGradients(24, SIZE);
const layout = layoutOf([4, 7]);
const names = rules.map(({ spec }): [string, Rule] => [spec.name, findRule(spec.name)]);

/** The rule's own steps, with each gradient changed before it sees it. */
function withGradients(
  rule: Rule,
  change: (g: readonly number[], w: readonly number[]) => readonly number[],
  own = {},
): number[][] {
  const optimizer = rule(own);
  const w = Float64Array.from(start);
  const state = optimizer.init(w);
  return gradients.map((g) => {
    optimizer.step(w, Float64Array.from(change(g, [...w])), state, layout);
    return [...w];
  });
}

describe.each(names)("%s", (_, rule) => {
  it("with L2: l2·w joins the gradient", () => {
    const wanted = withGradients(rule, (g, w) => g.map((x, i) => x + 0.1 * w[i]));
    expect(difference(walk(withL2(rule, 0.1)(), start, gradients, layout).path, wanted)).toBeLessThan(1e-11);
  });

  it("with clipping by value: each component stays within the bound", () => {
    const wanted = withGradients(rule, (g) => g.map((x) => Math.max(-0.5, Math.min(0.5, x))));
    expect(walk(withValueClipping(rule, 0.5)(), start, gradients, layout).path).toEqual(wanted);
  });

  it("with clipping by norm: the norm is that of all tensors together", () => {
    const wanted = withGradients(rule, (g) => g.map((x) => x * Math.min(1, 2 / Math.hypot(...g))));
    expect(difference(walk(withNormClipping(rule, 2)(), start, gradients, layout).path, wanted)).toBeLessThan(1e-11);
  });

  it("with accumulation: every third call is a step with the mean of three gradients, the others change no weight", () => {
    const { path, state } = walk(withAccumulation(rule, 3)(), start, gradients, layout);
    const means = Array.from({ length: 8 }, (_, k) =>
      start.map((_, i) => (gradients[3 * k][i] + gradients[3 * k + 1][i] + gradients[3 * k + 2][i]) / 3),
    );
    const wanted = walk(rule(), start, means, layout).path;
    expect(
      difference(
        path.filter((_, t) => t % 3 === 2),
        wanted,
      ),
    ).toBeLessThan(1e-11);
    for (const [t, w] of path.entries()) if (t % 3 !== 2) expect(w).toEqual(path[t - 1] ?? start);
    expect(state.t).toBe(24);
  });

  it("takes a hyper-parameter named accumulate for what a rule makes of it, and asks that gradientsPerStep names one", () => {
    const own = ruleOf({ name: "own", hyper: { lr: 0.1, accumulate: 2 }, update: "w = w - lr*accumulate*g" });
    const { path } = walk(own(), start, gradients, layout);
    const twice = ruleOf({ name: "twice", hyper: { lr: 0.2 }, update: "w = w - lr*g" });
    expect(difference(path, walk(twice(), start, gradients, layout).path)).toBeLessThan(1e-15);
    const { spec } = own;
    expect(() => ruleOf({ ...spec, gradientsPerStep: "count" })).toThrow(
      /gradientsPerStep is count, which is not one of/,
    );
  });

  it("with averaging: the weights are untouched, and the average is that of all weights so far, corrected", () => {
    const decay = 0.9;
    const optimizer = withAveraging(rule, decay)();
    const plain = walk(rule(), start, gradients, layout).path;
    const w = Float64Array.from(start);
    const state = optimizer.init(w);
    expect([...(optimizer.average?.at(w, state) ?? [])]).toEqual(start);
    for (const [t, g] of gradients.entries()) {
      optimizer.step(w, Float64Array.from(g), state, layout);
      expect([...w]).toEqual(plain[t]);
      const share = plain.slice(0, t + 1).map((_, i) => (1 - decay) * decay ** (t - i));
      const total = share.reduce((sum, x) => sum + x, 0);
      const wanted = start.map((_, j) => share.reduce((sum, x, i) => sum + (x / total) * plain[i][j], 0));
      expect(difference([optimizer.average?.at(w, state) ?? []], [wanted])).toBeLessThan(1e-12);
    }
  });

  it.each([2.5, 0.3, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    "slow weights every %d steps are refused",
    (every) => {
      expect(() => withSlowWeights(momentum, { every })).toThrow(/slow_every, .*, must be a whole number, 1 or more/);
      expect(() => withSlowWeights(momentum)({ slow_every: every })).toThrow("it must be a whole number, 1 or more");
    },
  );

  it.each([0, 1.5, -0.5])("slow weights that pull by %d are refused", (pull) => {
    expect(() => withSlowWeights(momentum, { pull })).toThrow(/slow_pull, .*, must be a number above 0 and at most 1/);
  });

  it("with slow weights: every fifth step w is drawn halfway back", () => {
    const optimizer = rule();
    const w = Float64Array.from(start);
    const state = optimizer.init(w);
    let slow = [...start];
    const wanted = gradients.map((g, i) => {
      optimizer.step(w, Float64Array.from(g), state, layout);
      if ((i + 1) % 5 === 0) {
        slow = slow.map((x, j) => x + 0.5 * (w[j] - x));
        w.set(slow);
      }
      return [...w];
    });
    expect(difference(walk(withSlowWeights(rule)(), start, gradients, layout).path, wanted)).toBeLessThan(1e-11);
  });
});

describe("decoupled weight decay", () => {
  it("shrinks w by lr·weight_decay, apart from the gradient", () => {
    const none = gradients.map((g) => g.map(() => 0));
    const { w } = walk(withWeightDecay(adam, 0.1)({ lr: 0.01 }), start, none);
    for (const [i, x] of w.entries()) expect(x).toBeCloseTo(start[i] * (1 - 0.01 * 0.1) ** 24, 13);
  });

  it("makes Adam AdamW", () => {
    const wrapped = walk(withWeightDecay(adam, 0.1)({ lr: 0.05 }), start, gradients).path;
    const own = walk(adamw({ lr: 0.05, weight_decay: 0.1 }), start, gradients).path;
    expect(difference(wrapped, own)).toBeLessThan(1e-13);
  });

  it("is L2 for gradient descent", () => {
    const decoupled = walk(withWeightDecay(gradientDescent, 0.1)(), start, gradients).path;
    expect(difference(walk(withL2(gradientDescent, 0.1)(), start, gradients).path, decoupled)).toBeLessThan(1e-13);
  });

  it("is refused where the rule has its own", () => {
    expect(() => withWeightDecay(adamw)).toThrow(/adamw already has weight_decay; set that/);
    expect(() => withL2(withL2(adam))).toThrow(RangeError);
  });
});

describe("wrappers", () => {
  it("have their amount among the hyper-parameters, checked and open to schedules", () => {
    const clipped = withNormClipping(adam, 3);
    expect(clipped.spec.hyper).toEqual({ ...adam.spec.hyper, clip_norm: 3 });
    expect(() => clipped({ clip_norm: 0 })).toThrow(/clip_norm is 0; it must be a number above 0/);
    expect(() => withAccumulation(adam, 2.5)).toThrow(/accumulate, 2.5, must be a whole number/);
    expect(() => withAveraging(adam, 1)).toThrow(RangeError);
    const { path } = walk(withValueClipping(gradientDescent)({ lr: 1, clip_value: (t) => t }), [0], [[9], [9], [9]]);
    expect(path).toEqual([[-1], [-3], [-6]]);
  });

  it("say in the name and the title what they are made of", () => {
    const { spec } = withAveraging(withNormClipping(adam));
    expect(spec.name).toBe("adam+clip-norm+average");
    expect(spec.title).toBe("Adam with clipping by global norm with averaged weights");
  });

  it("may lie around each other: the outer one comes first", () => {
    const clipThenDecay = walk(withL2(withValueClipping(gradientDescent, 1), 0.5)({ lr: 0.1 }), [4], [[3]]).w;
    // g = 3 + 0.5·4 = 5, clipped to 1
    expect(clipThenDecay[0]).toBeCloseTo(3.9, 15);
    const decayThenClip = walk(withValueClipping(withL2(gradientDescent, 0.5), 1)({ lr: 0.1 }), [4], [[3]]).w;
    // g = 3, clipped to 1; 1 + 0.5·4 = 3
    expect(decayThenClip[0]).toBeCloseTo(3.7, 15);
  });

  it("keep a lookahead", () => {
    expect(withAveraging(nesterov)().lookahead).toBeDefined();
  });

  it("average the steps, not the calls, where gradients accumulate", () => {
    const decay = 0.5;
    for (const wrapped of [
      withAveraging(withAccumulation(momentum, 2), decay),
      withAccumulation(withAveraging(momentum, decay), 2),
    ]) {
      const optimizer = wrapped({ lr: 0.1 });
      const w = Float64Array.of(1);
      const state = optimizer.init(w);
      const seen: number[] = [];
      for (const g of [1, 1, 2, 2]) {
        optimizer.step(w, Float64Array.of(g), state);
        seen.push(...(optimizer.average?.at(w, state) ?? []));
      }
      // w = 0.9, then v = 0.9 + 2 and w = 0.61; their average (0.25·0.9 + 0.5·0.61) / 0.75
      expect(seen[0]).toBe(1);
      expect(seen[1]).toBeCloseTo(0.9, 15);
      expect(seen[2]).toBeCloseTo(0.9, 15);
      expect(seen[3]).toBeCloseTo((0.25 * 0.9 + 0.5 * 0.61) / 0.75, 15);
    }
  });

  it("clip the mean where gradients accumulate, by the norm of all tensors", () => {
    const gradient = [3, 0, 0, 4];
    const { w } = walk(
      withNormClipping(withAccumulation(lamb, 2), 1)({ lr: 0.1 }),
      [1, 1, 1, 1],
      [gradient, gradient],
      layoutOf([1, 3]),
    );
    const wanted = walk(lamb({ lr: 0.1 }), [1, 1, 1, 1], [[0.6, 0, 0, 0.8]], layoutOf([1, 3])).w;
    expect(difference([w], [wanted])).toBeLessThan(1e-12);
  });

  it("a gradient of length 0 is not clipped, and moves nothing", () => {
    expect([...walk(withNormClipping(gradientDescent)(), [1, 2], [[0, 0]]).w]).toEqual([1, 2]);
  });

  it("are written as text that reads back to the same steps", () => {
    for (const wrapped of [withNormClipping(withL2(adam)), withAccumulation(adam, 3), withSlowWeights(momentum)]) {
      const again = parseRule(writeRule(wrapped.spec));
      expect(walk(again(), start, gradients).path).toEqual(walk(wrapped(), start, gradients).path);
    }
    expect(() => writeRule(withAveraging(adam).spec)).toThrow(/cannot describe an average of the weights/);
  });
});
