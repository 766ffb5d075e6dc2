import { describe, expect, it } from "vitest";
import { type Entry, rank } from "../../src/compare/ranking.ts";
import type { TargetUsed } from "../../src/compare/result.ts";
import { targetFor } from "../../src/compare/target.ts";
import type { RunRecord } from "../../src/train/record.ts";
import { runWith } from "./made-up.ts";

const target: TargetUsed = { measure: "loss", value: 0.5, given: true };
const entry = (optimizer: string, runs: readonly RunRecord[]): Entry => ({ optimizer, lr: 0.1, tuned: true, runs });
const ranked = (entries: readonly Entry[], to: TargetUsed | null = target) =>
  rank(entries, to).map(({ rank: place, optimizer, steps }) => [place, optimizer, steps]);

describe("the ranking", () => {
  it("is by the median of the steps to the target, whoever is lower in the end", () => {
    const fast = entry("fast", [runWith([0.9, 0.5, 0.5]), runWith([0.4, 0.5, 0.5]), runWith([0.9, 0.9, 0.5])]);
    const low = entry("low", [runWith([0.9, 0.9, 0.1]), runWith([0.9, 0.9, 0.1]), runWith([0.4, 0.1, 0.1])]);
    expect(ranked([low, fast])).toEqual([
      [1, "fast", 20],
      [2, "low", 30],
    ]);
  });

  it("of those that take the same steps, and of those that never arrive, is by the median of the final loss", () => {
    const [a, b] = [entry("a", [runWith([0.5, 0.3])]), entry("b", [runWith([0.5, 0.2])])];
    const [c, d] = [entry("c", [runWith([0.8, 0.9])]), entry("d", [runWith([0.6, 0.7])])];
    expect(ranked([c, a, d, b])).toEqual([
      [1, "b", 10],
      [2, "a", 10],
      [3, "d", null],
      [4, "c", null],
    ]);
  });

  it("without a target is by the final loss alone", () => {
    expect(ranked([entry("a", [runWith([0.1, 0.9])]), entry("b", [runWith([0.8, 0.7])])], null)).toEqual([
      [1, "b", null],
      [2, "a", null],
    ]);
  });

  it("counts a run that never arrives as one that takes for ever: where half of them do, there is no median", () => {
    const [there, not] = [runWith([0.5]), runWith([0.6])];
    const stepsOf = (...runs: RunRecord[]) => rank([entry("a", runs)], target)[0].steps;
    expect(stepsOf(there, there, not)).toBe(10);
    expect(stepsOf(there, not)).toBeNull();
    expect(stepsOf(there, not, not)).toBeNull();
  });

  it("puts a run that diverged behind every final loss, and one without runs nowhere", () => {
    const diverged = entry("diverged", [runWith([0.6, 1e-3], { outcome: "diverged" })]);
    const high = entry("high", [runWith([0.9, 1e9])]);
    expect(ranked([diverged, entry("none", []), high], { ...target, value: 1e-9 })).toEqual([
      [1, "high", null],
      [2, "diverged", null],
    ]);
  });
});

describe("a line of the ranking", () => {
  const runs = [
    runWith([0.8, 0.2, 0.4], { test: { loss: 0.5, accuracy: 0.7 } }),
    runWith([0.7, 0.5, 0.6], { test: { loss: 0.3, accuracy: 0.9 } }),
    runWith([0.9, 0.8], { outcome: "diverged", test: { loss: 9, accuracy: 0.1 } }),
  ];
  const [line] = rank([entry("a", runs)], target);

  it("has median and range over the seeds; what a diverged run ended with is left out, what it reached before counts", () => {
    expect(line.final).toEqual({ median: 0.5, low: 0.4, high: 0.6 });
    expect(line.best).toEqual({ median: 0.5, low: 0.2, high: 0.8 });
    expect(line.train).toEqual({ median: 0.25, low: 0.2, high: 0.3 });
    expect(line.testLoss).toEqual({ median: 0.4, low: 0.3, high: 0.5 });
    expect(line.testAccuracy).toEqual({ median: expect.closeTo(0.8, 12), low: 0.7, high: 0.9 });
  });

  it("has the first epoch at or below the target, in steps and seconds, and counts runs, arrivals and divergences", () => {
    expect(line).toMatchObject({ steps: 20, seconds: 2, runs: 3, reached: 2, diverged: 1, lr: 0.1, tuned: true });
  });

  it("has no lowest loss where no epoch has one", () => {
    expect(rank([entry("a", [runWith([null], { outcome: "diverged" })])], target)[0].best).toBeNull();
  });

  it("has the first epoch at or above an accuracy", () => {
    const to: TargetUsed = { measure: "accuracy", value: 0.9, given: true };
    const arrived = runWith([1, 1, 1, 1], { accuracies: [0.1, 0.89, 0.9, 0.95] });
    expect(rank([entry("a", [arrived])], to)[0].steps).toBe(30);
    expect(rank([entry("a", [runWith([0.1])])], to)[0].steps).toBeNull();
  });
});

describe("the target", () => {
  it("of an even number of optimizers is between the two in the middle; of several seeds their medians count", () => {
    const seeds = (losses: readonly number[]) => losses.map((loss) => runWith([loss], { first: 1 }));
    // Medians: 0.01, 0.04, 0.06 and 0.9; between the two in the middle 0.05.
    const runs = [seeds([0.04]), seeds([0.01]), seeds([0.9]), seeds([0.06, 0.001, 0.5])];
    expect(targetFor(null, runs)?.value).toBe(Number((0.05 ** 0.9).toPrecision(3)));
  });

  it("looks at those that have runs alone, and begins at the median of all first batches", () => {
    const runs = [[], [runWith([0.1], { first: 1 }), runWith([0.1], { first: 3 }), runWith([0.1], { first: 2 })]];
    expect(targetFor(null, runs)?.value).toBe(Number((2 * (0.1 / 2) ** 0.9).toPrecision(3)));
  });

  it("is none where the middle one reached nothing, or nobody ran", () => {
    expect(targetFor(null, [[runWith([null], { outcome: "diverged" })]])).toBeNull();
    expect(targetFor(null, [[], []])).toBeNull();
  });

  it("is above 0 where the loss is 0 in the end", () => {
    const { value = 0 } = targetFor(null, [[runWith([0], { first: 1 })]]) ?? {};
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1e-5);
  });

  it("that is a loss and was given is taken as it is", () => {
    expect(targetFor({ loss: 0.123456 }, [[runWith([0.1])]])).toEqual({
      measure: "loss",
      value: 0.123456,
      given: true,
    });
  });
});
