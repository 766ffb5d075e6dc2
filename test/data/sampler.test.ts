import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplers, sequential, shuffled, withReplacement } from "../../src/data/index.ts";

const numbers = (list: Iterable<number>) => [...list].sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const settings = fc.record({
  count: fc.integer({ min: 1, max: 200 }),
  batchSize: fc.oneof(fc.integer({ min: 1, max: 250 }), fc.constant("full" as const)),
  seed: fc.nat(),
});

describe.each(Object.entries(samplers))("every sampler: %s", (_name, make) => {
  test("partitions an epoch into its batches, the last one smaller where it must be", () => {
    fc.assert(
      fc.property(settings, fc.nat(5), (options, epoch) => {
        const sampler = make(options);
        const batches = [...sampler.batches(epoch)];
        expect(batches).toHaveLength(sampler.batchesPerEpoch);
        expect(batches.flatMap((batch) => [...batch])).toEqual([...sampler.epoch(epoch)]);
        for (const batch of batches.slice(0, -1)) expect(batch).toHaveLength(sampler.batchSize);
        const rest = options.count % sampler.batchSize || sampler.batchSize;
        expect(batches.at(-1)).toHaveLength(rest);
      }),
    );
  });

  test("dropLast leaves whole batches only", () => {
    fc.assert(
      fc.property(settings, (options) => {
        fc.pre(options.batchSize === "full" || options.batchSize <= options.count);
        const sampler = make({ ...options, dropLast: true });
        const batches = [...sampler.batches(0)];
        expect(batches).toHaveLength(sampler.batchesPerEpoch);
        for (const batch of batches) expect(batch).toHaveLength(sampler.batchSize);
        expect(sampler.epoch(0).length + sampler.batchSize).toBeGreaterThan(options.count);
      }),
    );
  });

  test("takes the same batches when it starts in the middle, and from a sampler made anew", () => {
    fc.assert(
      fc.property(settings, fc.nat(5), fc.nat(10), (options, epoch, from) => {
        const whole = [...make(options).batches(epoch)];
        expect([...make(options).batches(epoch, from)]).toEqual(whole.slice(from));
      }),
    );
  });

  test.each([
    [{ count: 0, batchSize: 1 }, "count is 0; it must be a whole number, 1 or more"],
    [{ count: 5, batchSize: 0 }, 'batchSize is 0; it must be a whole number, 1 or more, or "full"'],
    [{ count: 5, batchSize: 2.5 }, "batchSize is 2.5"],
    [{ count: 5, batchSize: Number.NaN }, "batchSize is NaN"],
    [{ count: 5, batchSize: 6, dropLast: true }, "no batch is left of 5 examples: batchSize is 6 and dropLast is set"],
  ])("refuses %j", (options, message) => {
    expect(() => make(options)).toThrow(RangeError);
    expect(() => make(options)).toThrow(message);
  });
});

test("shuffled uses every example once an epoch, in another order each epoch and for each seed", () => {
  const sampler = shuffled({ count: 100, batchSize: 7, seed: 1 });
  expect(numbers(sampler.epoch(0))).toEqual(upTo(100));
  expect(numbers(sampler.epoch(1))).toEqual(upTo(100));
  const orders = [
    sampler.epoch(0),
    sampler.epoch(1),
    shuffled({ count: 100, batchSize: 7, seed: 2 }).epoch(0),
    upTo(100),
  ];
  expect(new Set(orders.map((order) => order.join())).size).toBe(4);
});

test("the order does not depend on the batch size: full and mini-batch runs see the same epoch", () => {
  const orders = [1, 32, "full" as const].map((batchSize) =>
    shuffled({ count: 50, batchSize, seed: 3 }).epoch(4).join(),
  );
  expect(new Set(orders).size).toBe(1);
});

test("withReplacement leaves out about 1/e of the examples of an epoch", () => {
  const n = 10_000;
  const drawn = new Set(withReplacement({ count: n, batchSize: 100, seed: 5 }).epoch(0)).size;
  expect(Math.abs(drawn / n - (1 - 1 / Math.E))).toBeLessThan(0.02); // the deviation is 0.003
});

test("sequential keeps the order of the data", () => {
  expect([...sequential({ count: 5, batchSize: 2 }).batches(3)].map((batch) => [...batch])).toEqual([
    [0, 1],
    [2, 3],
    [4],
  ]);
});

test("a lecture's epoch: 60,000 examples in batches of 128 are 469 steps, the last of 96", () => {
  const sampler = sequential({ count: 60_000, batchSize: 128 });
  expect(sampler.batchesPerEpoch).toBe(469);
  expect([...sampler.batches(0, 468)].map((batch) => batch.length)).toEqual([96]);
});
