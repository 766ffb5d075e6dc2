import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bits32, mix32 } from "../../src/random/index.ts";

const golden: { bits32: [number, number, number][] } = JSON.parse(
  readFileSync(new URL("random.golden.json", import.meta.url), "utf8"),
);
const words = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** The inverse that the author of lowbias32 published beside it. */
function unmix32(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x43021123);
  h ^= (h >>> 15) ^ (h >>> 30);
  h = Math.imul(h, 0x1d69e2a5);
  return (h ^ (h >>> 16)) >>> 0;
}

test("mix32 is lowbias32: its author's inverse undoes it", () => {
  fc.assert(
    fc.property(words, (x) => {
      expect(unmix32(mix32(x))).toBe(x);
    }),
  );
});

test("bits32 agrees with the Python implementation", () => {
  for (const [key, counter, bits] of golden.bits32) expect(bits32(key, counter)).toBe(bits);
});

test("arguments are read modulo 2³²", () => {
  fc.assert(
    fc.property(words, words, (key, counter) => {
      expect(bits32(key - 2 ** 32, counter + 2 ** 32)).toBe(bits32(key, counter));
    }),
  );
});

test("flipping any bit of the key or the counter flips each output bit about half of the time", () => {
  const trials = 2000;
  for (const flipKey of [true, false]) {
    for (let bit = 0; bit < 32; bit++) {
      const flips = new Float64Array(32);
      for (let t = 0; t < trials; t++) {
        const [key, counter] = [mix32(t + 1), mix32(t + 100_000)];
        const flip = 2 ** bit;
        const other = flipKey ? bits32((key ^ flip) >>> 0, counter) : bits32(key, (counter ^ flip) >>> 0);
        const changed = bits32(key, counter) ^ other;
        for (let out = 0; out < 32; out++) flips[out] += (changed >>> out) & 1;
      }
      // 6 standard deviations of a fair coin over 2,000 throws: ±0.067
      for (const count of flips) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.067);
    }
  }
});

test("masks of successive keys keep the right share and are uncorrelated", () => {
  const n = 10_000;
  const keep = Math.floor(0.8 * 2 ** 32);
  const mask = (key: number) => Array.from({ length: n }, (_, i) => (bits32(key, i) < keep ? 1 : 0));
  for (let key = 0; key < 20; key++) {
    const [a, b] = [mask(key), mask(key + 1)];
    const [shareA, shareB] = [a, b].map((m) => m.reduce<number>((sum, kept) => sum + kept, 0) / n);
    expect(Math.abs(shareA - 0.8)).toBeLessThan(0.02); // 5 standard deviations
    const both = a.filter((kept, i) => kept === 1 && b[i] === 1).length / n;
    expect(Math.abs(both - shareA * shareB) / 0.16).toBeLessThan(0.05); // the correlation coefficient
  }
});
