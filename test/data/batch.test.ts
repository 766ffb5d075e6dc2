import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gatherBatch } from "../../src/data/index.ts";

/** count examples whose inputs are 100 · example + position. */
function examples(count: number, size: number, Kind: typeof Float32Array | typeof Float64Array) {
  const inputs = new Kind(count * size).map((_, i) => 100 * Math.floor(i / size) + (i % size));
  return { count, inputs, targets: new Kind(count).map((_, i) => i % 3) };
}

/** Examples one by one, and runs of some that follow each other. */
const orders = fc
  .array(fc.tuple(fc.nat(9), fc.constantFrom(1, 1, 4, 10)), { maxLength: 12 })
  .map((runs) => runs.flatMap(([from, length]) => Array.from({ length }, (_, i) => from + i).filter((i) => i < 10)));

describe.each([
  ["Float32Array", Float32Array],
  ["Float64Array", Float64Array],
] as const)("gatherBatch into %s", (_name, Kind) => {
  test("copies the rows in the order of the indices, whatever their length", () => {
    const sizes = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(sizes, orders, (size, order) => {
        const all = examples(10, size, Float32Array);
        const inputs = new Kind(order.length * size + 3).fill(-1);
        const targets = new Kind(order.length + 1).fill(-1);
        gatherBatch(all, Uint32Array.from(order), inputs, targets);
        const expected = order.flatMap((index) => Array.from({ length: size }, (_, i) => 100 * index + i));
        expect([...inputs]).toEqual([...expected, -1, -1, -1]);
        expect([...targets]).toEqual([...order.map((index) => index % 3), -1]);
      }),
    );
  });

  test("writes to a view within a larger memory, and not beside it", () => {
    const memory = new ArrayBuffer(1024);
    const view = new Kind(memory, 64, 40);
    gatherBatch(examples(4, 40, Kind), Uint32Array.of(2), view, new Kind(1));
    expect(view[39]).toBe(239);
    const around = [new Uint8Array(memory, 0, 64), new Uint8Array(memory, 64 + view.byteLength)];
    for (const bytes of around) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});

test("several targets an example", () => {
  const all = { count: 2, inputs: Float64Array.of(1, 2), targets: Float64Array.of(10, 11, 20, 21) };
  const targets = new Float64Array(4);
  gatherBatch(all, Uint32Array.of(1, 0), new Float64Array(2), targets);
  expect([...targets]).toEqual([20, 21, 10, 11]);
});

test("refuses an index beyond the examples, and vectors too short, before writing", () => {
  const all = examples(3, 2, Float64Array);
  const inputs = new Float64Array(4);
  expect(() => gatherBatch(all, Uint32Array.of(0, 3), inputs, new Float64Array(2))).toThrow(
    "there is no example 3 among 3",
  );
  expect(() => gatherBatch(all, Uint32Array.of(0, 1, 2), inputs, new Float64Array(3))).toThrow(
    "inputs has room for 4 values, but 3 examples need 6",
  );
  expect(() => gatherBatch(all, Uint32Array.of(0, 1), inputs, new Float64Array(1))).toThrow("targets has room for 1");
});
