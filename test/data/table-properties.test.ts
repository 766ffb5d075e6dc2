import fc from "fast-check";
import { expect, test } from "vitest";
import { dataset, type Row } from "../../src/data/index.ts";

const word = fc.constantFrom("red", "green", "blue", "grey", null);
const rows = fc.array(
  fc.record({
    age: fc.option(fc.integer({ min: -1000, max: 1000 }), { freq: 4 }),
    colour: word,
    member: fc.constantFrom(true, false, null),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
  }),
  { minLength: 20, maxLength: 60 },
);

/** Rows whose columns are constant in no training set: the first ones are added at both ends. */
const varied = (own: readonly Row[]): Row[] => {
  const both = (i: number) => ({ age: i, colour: i % 2 ? "red" : "blue", member: i % 2 === 0, y: i / 7 });
  return [...own, ...Array.from({ length: 30 }, (_, i) => both(i))];
};

test("the training set's columns have mean 0 and deviation 1, with fills or indicators", () => {
  fc.assert(
    fc.property(rows, fc.constantFrom("mean", "median", "indicator"), (own, missing) => {
      const { train, inputNames = [] } = dataset({ rows: varied(own), target: "y", task: "regression", missing });
      for (const [at, name] of inputNames.entries()) {
        const values = Array.from({ length: train.count }, (_, i) => train.inputs[i * inputNames.length + at]);
        if (name.includes(" ")) for (const value of values) expect([0, 1]).toContain(value);
        else {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
          expect(mean).toBeCloseTo(0, 9);
          expect(variance).toBeCloseTo(1, 9);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the one-hot inputs of a column are one 1 and else 0 in the training set, at most one 1 in the others", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 8 }), (own, rare) => {
      const data = dataset({ rows: varied(own), target: "y", task: "regression", missing: "mean", rare });
      const names = data.inputNames ?? [];
      const hot = [...names.keys()].filter((at) => names[at].startsWith("colour "));
      const sums = (set: "train" | "validation" | "test") =>
        Array.from({ length: data[set].count }, (_, i) =>
          hot.reduce((sum, at) => sum + data[set].inputs[i * names.length + at], 0),
        );
      expect(sums("train").every((sum) => sum === 1)).toBe(true);
      for (const set of ["validation", "test"] as const)
        expect(sums(set).every((sum) => sum === 0 || sum === 1)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("every row is in exactly one set, whatever the fractions and the seed", () => {
  const fraction = fc.double({ min: 0.05, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(fraction, fraction, fc.nat(), fc.integer({ min: 20, max: 90 }), (validation, test, seed, count) => {
      const inputs = Array.from({ length: count }, (_, i) => [i]);
      const { standardization, ...sets } = dataset({
        ...{ inputs, targets: inputs.map(([x]) => x / 2 + 0.25) },
        split: { validation, test, seed },
      });
      const [mean, deviation] = [standardization.mean[0], standardization.deviation[0]];
      const all = [sets.train, sets.validation, sets.test].flatMap((set) => [...set.inputs]);
      expect(all.map((x) => Math.round(x * deviation + mean) + 0).sort((a, b) => a - b)).toEqual(inputs.flat());
      expect(sets.validation.count).toBe(Math.max(1, Math.round(count * validation)));
      expect(sets.test.count).toBe(Math.max(1, Math.round(count * test)));
    }),
    { numRuns: 60 },
  );
});
