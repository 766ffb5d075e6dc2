import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cholesky,
  choleskySolve,
  determinant,
  inertia,
  type Ldl,
  ldl,
  ldlSolve,
  lu,
  luSolve,
  modifiedCholesky,
  multiply,
  multiplyTransposed,
  symmetricEigen,
} from "../../src/linalg/index.ts";
import {
  distance,
  hilbert,
  identity,
  largest,
  matrix,
  product,
  squareOf,
  symmetric,
  transposed,
  vector,
} from "./matrices.ts";

const definite = (n: number) =>
  matrix(n, n).map((a) => product(a, transposed(a, n, n), n).map((x, at) => x + identity(n)[at]));
const withVector = (build: (n: number) => fc.Arbitrary<Float64Array>) => squareOf((n) => fc.tuple(build(n), vector(n)));

describe("cholesky", () => {
  it("gives L with L·Lᵀ = A, and solves with it", () => {
    fc.assert(
      fc.property(withVector(definite), ({ n, value: [a, b] }) => {
        const l = cholesky(a, n);
        if (l === null) throw new Error("A = BBᵀ + I is positive definite");
        expect(distance(product(l, transposed(l, n, n), n), a)).toBeLessThan(1e-14 * largest(a));
        expect(distance(multiply(a, n, n, choleskySolve(l, b)), b)).toBeLessThan(1e-10);
      }),
    );
  });

  it("is null if the matrix is not positive definite or not finite", () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
    expect(cholesky(Float64Array.of(0), 1)).toBeNull();
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeNull();
    expect(cholesky(Float64Array.of(Number.POSITIVE_INFINITY), 1)).toBeNull();
  });
});

describe("lu", () => {
  it("solves, and multiplies the pivots to the determinant", () => {
    fc.assert(
      fc.property(
        withVector((n) => matrix(n, n)),
        ({ n, value: [a, x] }) => {
          const factored = lu(a, n);
          const eigen = symmetricEigen(product(transposed(a, n, n), a, n), n);
          if (eigen === null || eigen.values[0] < 1e-4) return; // near to singular: nothing to hold it against
          if (factored === null) throw new Error("A is not singular");
          expect(distance(luSolve(factored, multiply(a, n, n, x)), x)).toBeLessThan(1e-9);
          const square = eigen.values.reduce((all, value) => all * value, 1);
          expect(Math.abs(determinant(factored) ** 2 / square - 1)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it("has the determinant of Hilbert's matrix of 4 rows, 1/6048000", () => {
    const factored = lu(hilbert(4), 4);
    expect(factored && determinant(factored) * 6048000).toBeCloseTo(1, 11);
  });

  it("is null if the matrix is singular", () => {
    expect(lu(Float64Array.of(1, 2, 2, 4), 2)).toBeNull();
    expect(lu(Float64Array.of(1, Number.NaN, 2, 4), 2)).toBeNull();
  });
});

describe("ldl", () => {
  /** Without a diagonal there are pivots of two rows, and exchanges for them. */
  const hollow = (n: number) => symmetric(n).map((a) => a.map((entry, at) => (identity(n)[at] === 1 ? 0 : entry)));

  it.each([
    ["any symmetric matrix", symmetric],
    ["one with a diagonal of zeros", hollow],
  ] as const)("solves with %s and knows the eigenvalues' signs", (_, build) => {
    fc.assert(
      fc.property(withVector(build), ({ n, value: [a, x] }) => {
        const eigen = symmetricEigen(a, n);
        if (eigen === null || eigen.values.some((value) => Math.abs(value) < 1e-2)) return;
        const factored = ldl(a, n);
        if (factored === null) throw new Error("A is finite");
        expect(distance(ldlSolve(factored, multiply(a, n, n, x)) ?? [], x)).toBeLessThan(1e-9);
        const positive = eigen.values.filter((value) => value > 0).length;
        expect(inertia(factored)).toEqual({ positive, negative: n - positive, zero: 0 });
      }),
      { numRuns: 1000 },
    );
  });

  it("takes two rows at once where no diagonal entry will do", () => {
    const factored = ldl(Float64Array.of(0, 1, 1, 0), 2);
    expect(factored && inertia(factored)).toEqual({ positive: 1, negative: 1, zero: 0 });
    expect(factored && [...(ldlSolve(factored, Float64Array.of(3, 5)) ?? [])]).toEqual([5, 3]);
  });

  it("is null if the matrix is singular and must be solved with", () => {
    const factored = ldl(new Float64Array(4), 2);
    expect(factored && inertia(factored)).toEqual({ positive: 0, negative: 0, zero: 2 });
    expect(factored && ldlSolve(factored, new Float64Array(2))).toBeNull();
    expect(ldl(Float64Array.of(Number.NaN), 1)).toBeNull();
  });
});

describe("modifiedCholesky", () => {
  const solved = (factors: Ldl, b: Float64Array): Float64Array => {
    const x = ldlSolve(factors, b);
    if (x === null) throw new Error("D is positive");
    return x;
  };

  it("factors A plus a diagonal, and that sum is positive definite", () => {
    fc.assert(
      fc.property(withVector(symmetric), ({ n, value: [a, x] }) => {
        const result = modifiedCholesky(a, n);
        if (result === null) throw new Error("A is finite");
        const raised = a.map((entry, at) => entry + identity(n)[at] * result.added[at % n]);
        expect([...result.factors.diagonal].every((d) => d > 0)).toBe(true);
        expect(
          cholesky(
            raised.map((entry, at) => entry + 1e-12 * identity(n)[at] * (1 + largest(raised))),
            n,
          ),
        ).not.toBeNull();
        const eigen = symmetricEigen(raised, n);
        if (eigen === null || eigen.values[0] < 1e-3) return;
        expect(distance(solved(result.factors, multiply(raised, n, n, x)), x)).toBeLessThan(1e-8);
      }),
    );
  });

  it("adds nothing where A is well positive definite", () => {
    fc.assert(
      fc.property(squareOf(definite), ({ n, value: a }) => {
        const dominant = a.map((entry, at) => entry + identity(n)[at] * 2 * n * largest(a));
        expect(largest(modifiedCholesky(dominant, n)?.added ?? [1])).toBeLessThan(1e-12 * largest(dominant));
      }),
    );
  });

  it("goes downhill at a saddle", () => {
    const result = modifiedCholesky(Float64Array.of(2, 0, 0, -2), 2);
    expect(result && [...solved(result.factors, Float64Array.of(1, 1))]).toEqual([0.5, 0.5]);
  });
});

describe("multiply", () => {
  it("and its transpose agree: yᵀ(Ax) = (Aᵀy)ᵀx", () => {
    const a = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect([...multiply(a, 2, 3, Float64Array.of(1, 0, -1))]).toEqual([-2, -2]);
    expect([...multiplyTransposed(a, 2, 3, Float64Array.of(1, -1))]).toEqual([-3, -3, -3]);
    expect(() => multiply(a, 2, 3, new Float64Array(2))).toThrow("a vector of 2 numbers where 3 are needed");
  });
});
