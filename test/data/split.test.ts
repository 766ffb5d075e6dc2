import fc from "fast-check";
import { expect, test } from "vitest";
import { stratifiedSplit } from "../../src/data/split.ts";

const cases = fc
  .record({ labels: fc.array(fc.nat(4), { minLength: 10, maxLength: 300 }), a: fc.nat(40), b: fc.nat(40) })
  .map(({ labels, a, b }) => ({ labels, validation: a % (labels.length / 2), test: b % (labels.length / 2) }))
  .map(({ labels, validation, test }) => ({
    labels,
    sizes: { validation: Math.floor(validation), test: Math.floor(test) },
  }));

test("every example is in exactly one part, and the parts have the sizes asked for", () => {
  fc.assert(
    fc.property(cases, ({ labels, sizes }) => {
      const split = stratifiedSplit(labels, sizes);
      expect([split.validation.length, split.test.length]).toEqual([sizes.validation, sizes.test]);
      const all = [...split.train, ...split.validation, ...split.test].sort((a, b) => a - b);
      expect(all).toEqual(labels.map((_, i) => i));
    }),
  );
});

test("each class has its share of each part, to within one example of the draw", () => {
  fc.assert(
    fc.property(cases, ({ labels, sizes }) => {
      const split = stratifiedSplit(labels, sizes);
      for (let label = 0; label < 5; label++) {
        const share = labels.filter((other) => other === label).length / labels.length;
        const inTest = [...split.test].filter((index) => labels[index] === label).length;
        expect(Math.abs(inTest - share * sizes.test)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});

test("is the same for everyone, and mixes the training set", () => {
  const labels = Array.from({ length: 100 }, (_, i) => i % 2);
  const split = stratifiedSplit(labels, { validation: 10, test: 10 });
  expect(stratifiedSplit(labels, { validation: 10, test: 10 })).toEqual(split);
  expect([...split.train]).not.toEqual([...split.train].sort((a, b) => a - b));
  const early = [...split.train.subarray(0, 40)].filter((index) => labels[index] === 0).length;
  expect(early).toBeGreaterThan(10);
  expect(early).toBeLessThan(30);
});
