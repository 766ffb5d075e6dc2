import { describe, expect, it } from "vitest";
import { adamWith, longestExpected, optimizerOf, paceExpected, stepsAlong, WAYS } from "../../lecture/moments.ts";
import {
  adam,
  adamUncorrected,
  gradientDescent,
  momentumAveraged,
  type Optimizer,
  rmsprop,
} from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";

const noise = (seed: number, count: number): number[] => {
  const random = new Random(seed, "test");
  return Array.from({ length: count }, () => random.normal());
};

describe("Adam with some of its terms", () => {
  const lr = 0.1;
  const known: [string, Parameters<typeof adamWith>[0], Optimizer][] = [
    ["none", { first: false, second: false, corrected: false }, gradientDescent({ lr })],
    ["the first moment", { first: true, second: false, corrected: false }, momentumAveraged({ lr, beta: 0.9 })],
    ["the second moment", { first: false, second: true, corrected: false }, rmsprop({ lr, rho: 0.999, eps: 0 })],
    ["both moments", { first: true, second: true, corrected: false }, adamUncorrected({ lr, eps: 0 })],
    ["all", { first: true, second: true, corrected: true }, adam({ lr, eps: 0 })],
  ];
  it.each(known)("%s: is the rule that the library has for it", (_, terms, rule) => {
    const gradients = noise(1, 200);
    expect(stepsAlong(adamWith(terms)({ lr }), gradients)).toEqual(stepsAlong(rule, gradients));
  });
});

describe("steps of Adam", () => {
  it("are never longer than Cauchy and Schwarz allow, whatever the gradients", () => {
    const [, longest] = longestExpected;
    for (let seed = 1; seed <= 30; seed++) {
      const random = new Random(seed, "scales");
      const wild = noise(seed, 300).map((x) => x * 10 ** (8 * random.uniform() - 4));
      const bound = Math.max(...stepsAlong(optimizerOf(WAYS[3]), wild).map(Math.abs));
      expect(bound).toBeLessThanOrEqual(longest);
    }
  });

  it("go √p as fast where only a part p of the gradients is not 0, to a first approximation", () => {
    const [neither, first, second, both] = WAYS.map(paceExpected);
    expect([neither, first]).toEqual([0.01, 0.01]);
    for (const pace of [second, both]) expect(Math.abs(pace / Math.sqrt(0.01) - 1)).toBeLessThan(0.05);
  });
});
