import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/random/index.ts";

interface Sample {
  seed: number;
  labels: (string | number)[];
  uniform: number[];
  normal: number[];
  integer: number[];
  large: number[];
  permutation: number[];
}
const { samples }: { samples: Sample[] } = JSON.parse(
  readFileSync(new URL("random.golden.json", import.meta.url), "utf8"),
);
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const eight = (draw: () => number) => Array.from({ length: 8 }, draw);

describe("the same bits as the Python implementation", () => {
  test.each(samples)("seed $seed, labels $labels", ({ seed, labels, ...golden }) => {
    const fresh = () => labels.reduce<Random>((random, label) => random.fork(label), new Random(seed));
    const [uniform, normal, integer, large] = [fresh(), fresh(), fresh(), fresh()];
    expect(eight(() => uniform.uniform())).toEqual(golden.uniform);
    expect(eight(() => normal.normal())).toEqual(golden.normal);
    expect(eight(() => integer.integer(10))).toEqual(golden.integer);
    expect(eight(() => large.integer(2 ** 52 + 1))).toEqual(golden.large);
    expect([...fresh().permutation(20)]).toEqual(golden.permutation);
  });
});

describe("streams", () => {
  test("a label in the constructor is a fork of the root", () => {
    expect(new Random(5, "init").state()).toEqual(new Random(5).fork("init").state());
    expect(new Random(5).state().stream).toEqual([0, 0]);
  });

  test("a fork ignores what its parent has drawn", () => {
    const parent = new Random(9);
    const before = parent.fork("a").uniform();
    parent.uniform();
    expect(parent.fork("a").uniform()).toBe(before);
  });

  test("labels, their nesting and seeds all distinguish streams", () => {
    const root = new Random(1);
    const forks = [
      root,
      new Random(2),
      root.fork("ab"),
      root.fork("a").fork("b"),
      root.fork(""),
      root.fork("b").fork("a"),
    ];
    expect(new Set(forks.map((random) => random.uniform())).size).toBe(forks.length);
  });
});

describe("state", () => {
  test("a restored generator continues bit for bit, after JSON, from anywhere", () => {
    fc.assert(
      fc.property(seeds, fc.nat(40), (seed, draws) => {
        const random = new Random(seed, "state");
        for (let i = 0; i < draws; i++) random.integer(7);
        const copy = Random.restore(JSON.parse(JSON.stringify(random.state())));
        expect(eight(() => copy.normal())).toEqual(eight(() => random.normal()));
        expect(copy.state()).toEqual(random.state());
      }),
    );
  });

  test("counts past 2³² words", () => {
    const far = { seed: 1, stream: [0, 0] as const, position: 2 ** 34 };
    const random = Random.restore(far);
    const start = new Random(1);
    expect(eight(() => random.uniform())).not.toEqual(eight(() => start.uniform()));
    expect(random.state().position).toBe(2 ** 34 + 16);
  });

  test.each([
    [{ seed: -1, stream: [0, 0], position: 0 }, /a seed must be a whole number from 0/],
    [{ seed: 1, stream: [0, 0], position: 1.5 }, /position must be a whole number.*not 1\.5/],
    [{ seed: 1, stream: [0, -1], position: 0 }, /two unsigned 32-bit words, not \[0,-1\]/],
    [{ seed: 1, position: 0 }, /two unsigned 32-bit words, not \[undefined\]/],
    [{ seed: 1, stream: [0], position: 0 }, /two unsigned 32-bit words/],
  ] as const)("refuses %j", (state, message) => {
    expect(() => Random.restore(JSON.parse(JSON.stringify(state)))).toThrow(message);
  });
});

describe("distributions, over 200,000 draws of one seed", () => {
  const n = 200_000;

  test("uniform() fills [0, 1) evenly: χ² over 100 cells", () => {
    const random = new Random(11);
    const cells = new Float64Array(100);
    for (let i = 0; i < n; i++) cells[Math.floor(random.uniform() * 100)]++;
    expect(chiSquare(cells)).toBeLessThan(148.2); // the 0.999 quantile for 99 degrees of freedom
  });

  test("normal() has the moments of N(0, 1), each within 5 standard errors", () => {
    const random = new Random(12);
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      for (const [k, power] of [x, x ** 2, x ** 3, x ** 4].entries()) moments[k] += power / n;
    }
    const errors = [1, 2, 15, 96].map((variance) => 5 * Math.sqrt(variance / n)); // Var xᵏ = E x²ᵏ − (E xᵏ)²
    for (const [k, expected] of [0, 1, 0, 3].entries()) expect(Math.abs(moments[k] - expected)).toBeLessThan(errors[k]);
  });

  test("normal() has the tails of N(0, 1): χ² over the cells between −3, −2.5, … 3", () => {
    // Φ at 0, 0.5 … 3, from tables
    const phi = [0.5, 0.691462461, 0.841344746, 0.933192799, 0.977249868, 0.99379033, 0.998650102];
    const half = [...phi.slice(1).map((p, i) => p - phi[i]), 1 - phi[6]];
    const expected = [...half.toReversed(), ...half].map((p) => p * n);
    const random = new Random(13);
    const cells = new Float64Array(14);
    for (let i = 0; i < n; i++) cells[Math.min(13, Math.max(0, Math.floor(random.normal() * 2) + 7))]++;
    expect(chiSquare(cells, expected)).toBeLessThan(34.5); // the 0.999 quantile for 13 degrees of freedom
  });

  test("integer(6) is a fair die; integer(n) of a large n uses every bit", () => {
    const random = new Random(14);
    const faces = new Float64Array(6);
    for (let i = 0; i < n; i++) faces[random.integer(6)]++;
    expect(chiSquare(faces)).toBeLessThan(20.5); // 5 degrees of freedom
    const n53 = Number.MAX_SAFE_INTEGER;
    const odd = Array.from({ length: 1000 }, () => random.integer(n53) % 2).filter((bit) => bit === 1).length;
    expect(Math.abs(odd - 500)).toBeLessThan(80);
  });

  test("every order of four is equally likely", () => {
    const random = new Random(15);
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chiSquare(Float64Array.from(orders.values()))).toBeLessThan(49.7); // 23 degrees of freedom
  });
});

test("a permutation holds each number once, and shuffle keeps the elements", () => {
  fc.assert(
    fc.property(seeds, fc.nat(300), (seed, n) => {
      const order = new Random(seed).permutation(n);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      const words = Array.from({ length: n }, (_, i) => `word ${i % 7}`);
      const shuffled = [...words];
      new Random(seed).shuffle(shuffled);
      expect(shuffled.toSorted()).toEqual(words.toSorted());
    }),
  );
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses %s as a seed and as a range", (bad) => {
  expect(() => new Random(bad)).toThrow(RangeError);
  expect(() => new Random(bad)).toThrow(`not ${bad}`);
  expect(() => new Random(1).integer(bad)).toThrow(`integer(n) needs a whole n ≥ 1, not ${bad}`);
});

/** Σ (seen − expected)² / expected; equal cells unless told. */
function chiSquare(seen: Float64Array, expected?: readonly number[]): number {
  const total = seen.reduce((sum, count) => sum + count, 0);
  return seen.reduce((sum, count, i) => {
    const mean = expected?.[i] ?? total / seen.length;
    return sum + (count - mean) ** 2 / mean;
  }, 0);
}
