import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../src/linalg/index.ts";
import { distance, hilbert, identity, largest, product, squareOf, symmetric, transposed } from "./matrices.ts";

function eigen(a: Float64Array, n: number) {
  const result = symmetricEigen(a, n);
  if (result === null) throw new Error("the matrix is finite");
  return result;
}

describe("symmetricEigen", () => {
  it("takes a symmetric matrix apart and puts it together again", () => {
    fc.assert(
      fc.property(squareOf(symmetric), ({ n, value: a }) => {
        const { values, vectors } = eigen(a, n);
        const scaled = vectors.map((x, at) => x * values[Math.floor(at / n)]);
        expect(distance(product(transposed(vectors, n, n), scaled, n), a)).toBeLessThan(1e-13 * (1 + largest(a)));
        expect(distance(product(vectors, transposed(vectors, n, n), n), identity(n))).toBeLessThan(1e-14 * 4);
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
      }),
    );
  });

  it("finds the eigenvalues 2 − 2cos(kπ/(n + 1)) of the second difference", () => {
    const n = 20;
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const off = Math.abs(Math.floor(at / n) - (at % n));
      return off === 0 ? 2 : off === 1 ? -1 : 0;
    });
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    expect(distance(eigen(a, n).values, expected)).toBeLessThan(1e-14);
  });

  it("agrees with 40-digit arithmetic on Hilbert's matrix of 6 rows", () => {
    // mpmath 1.3.0: mp.dps = 40; eigsy(hilbert(6), eigvals_only=True). The entries' own rounding moves them by 1e-17.
    const expected = [
      1.0827994845655498e-7, 1.2570757122625194e-5, 6.157483541826576e-4, 1.6321521319875822e-2, 0.24236087057520955,
      1.618899858924339,
    ];
    for (const [k, value] of eigen(hilbert(6), 6).values.entries())
      expect(Math.abs(value - expected[k])).toBeLessThan(2e-16 + 1e-15 * expected[k]);
  });

  it("leaves a diagonal matrix alone but for the order", () => {
    const { values, vectors } = eigen(Float64Array.of(3, 0, 0, -1), 2);
    expect([...values]).toEqual([-1, 3]);
    expect([...vectors]).toEqual([0, 1, 1, 0]);
  });

  it("is null if a number is not finite, and refuses a wrong length", () => {
    expect(symmetricEigen(Float64Array.of(1, Number.NaN, 0, 1), 2)).toBeNull();
    expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow("5 numbers were given for a 2×2 matrix");
  });
});
