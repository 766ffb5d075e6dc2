import { describe, expect, test } from "vitest";
import type { Job } from "../../src/compare/job.ts";
import { Progress } from "../../src/compare/progress.ts";
import { bestRate, nextPlace } from "../../src/compare/rates.ts";
import type { Trial } from "../../src/compare/result.ts";
import { targetFor } from "../../src/compare/target.ts";
import { bestTrial, tune } from "../../src/compare/tuning.ts";
import type { WorkerPool } from "../../src/compare/worker-pool.ts";
import { runWith } from "./made-up.ts";

/** The trials of a search whose runs have these validation costs. */
function trialsOf(losses: (run: Job["run"]) => readonly number[], budget: number): Promise<Trial[]> {
  const pool: WorkerPool = {
    run: async ({ run }) => runWith(losses(run), { seed: run.seed }),
    dispose: async () => {},
  };
  const plan = { epochs: 4, batchSize: 16, l2: 0, dtype: "f32" } as const;
  return tune(pool, { rule: "adam" }, plan, {
    budget,
    seeds: [6, 7],
    progress: new Progress(0, () => {}),
    onTrial: () => {},
  });
}

describe("a trial of a rate", () => {
  test("is worth the mean validation cost over the second half of its epochs, and over its seeds", async () => {
    const [even] = await trialsOf(({ seed }) => (seed === 6 ? [100, 50, 4, 2] : [100, 50, 8, 6]), 1);
    expect(even.loss).toBe((3 + 7) / 2);
    // Of an odd number the epoch in the middle counts.
    const [odd] = await trialsOf(() => [100, 5, 1], 1);
    expect(odd.loss).toBe(3);
  });

  test("of equals the one with the smaller rate is taken, in whatever order they were tried", () => {
    const [large, small, worse] = [
      { optimizer: "adam", lr: 0.1, loss: 0.25 },
      { optimizer: "adam", lr: 0.01, loss: 0.25 },
      { optimizer: "adam", lr: 0.001, loss: 0.5 },
    ];
    expect(bestTrial([large, small, worse])).toBe(small);
    expect(bestTrial([worse, small, large])).toBe(small);
  });

  test("the search goes on beside the smaller of two rates that are as good", () => {
    const tried = [-4, -2, 0, 2].map((place) => ({ place, loss: Math.abs(place + 1) === 1 ? 0.25 : 0.5 }));
    expect(bestRate(tried).place).toBe(-2);
    expect(bestRate([...tried].reverse()).place).toBe(-2);
    // Both quarter decades beside −2; that towards the other good rate is the better side.
    expect(nextPlace(tried, 0)).toBe(-1);
    expect(nextPlace([...tried, { place: -1, loss: 0.3 }], 0)).toBe(-3);
  });
});

describe("the target", () => {
  test("lies nine tenths of the way down to the middle optimizer's best, on a log scale", () => {
    const start = 1;
    const runs = [1e-1, 1e-2, 1e-3].map((best) => [runWith([0.5, best, 2 * best], { first: start })]);
    // log₁₀ of the way: from 0 to −2, the middle one's.
    expect(targetFor(null, runs)).toEqual({
      measure: "loss",
      value: Number((10 ** -1.8).toPrecision(3)),
      given: false,
    });
  });

  test("is the best itself where the run began below it, and the given one where one is given", () => {
    expect(targetFor(null, [[runWith([2, 3], { first: 1 })]])).toEqual({ measure: "loss", value: 2, given: false });
    expect(targetFor({ accuracy: 0.9 }, [])).toEqual({ measure: "accuracy", value: 0.9, given: true });
  });
});
