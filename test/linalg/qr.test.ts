import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addScaled,
  dot,
  leastSquares,
  multiply,
  multiplyByQ,
  multiplyByQTransposed,
  multiplyTransposed,
  norm,
  qr,
  qrSolve,
} from "../../src/linalg/index.ts";
import { distance, largest, matrix, vector } from "./matrices.ts";

const tall = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 4 }))
  .chain(([n, more]) =>
    fc.record({ n: fc.constant(n), m: fc.constant(n + more), a: matrix(n + more, n), b: vector(n + more) }),
  );

describe("qr", () => {
  it("makes Q·R the matrix with its columns in another order", () => {
    fc.assert(
      fc.property(tall, ({ m, n, a }) => {
        const factored = qr(a, m, n);
        if (factored === null) throw new Error("A is finite");
        for (let j = 0; j < n; j++) {
          const column = Float64Array.from({ length: m }, (_, i) => (i <= j ? factored.factors[i * n + j] : 0));
          multiplyByQ(factored, column);
          const wanted = Float64Array.from({ length: m }, (_, i) => a[i * n + factored.columns[j]]);
          expect(distance(column, wanted)).toBeLessThan(1e-13 * (1 + largest(a)));
        }
      }),
    );
  });

  it("keeps lengths: QᵀQb = b", () => {
    fc.assert(
      fc.property(tall, ({ m, n, a, b }) => {
        const factored = qr(a, m, n);
        if (factored === null) throw new Error("A is finite");
        const turned = b.slice();
        multiplyByQTransposed(factored, turned);
        expect(norm(turned)).toBeCloseTo(norm(b), 10);
        multiplyByQ(factored, turned);
        expect(distance(turned, b)).toBeLessThan(1e-12);
      }),
    );
  });

  it("leaves a residual orthogonal to the columns", () => {
    fc.assert(
      fc.property(tall, ({ m, n, a, b }) => {
        const factored = qr(a, m, n);
        if (factored === null || factored.rank < n) return;
        const residual = multiply(a, m, n, qrSolve(factored, b));
        addScaled(residual, -1, b);
        const diagonal = Math.abs(factored.factors[n * n - 1]);
        expect(largest(multiplyTransposed(a, m, n, residual))).toBeLessThan(1e-9 * (1 + 1 / diagonal));
      }),
    );
  });

  it("solves Läuchli's problem, where the normal equations lose everything", () => {
    // Columns (1, ε, 0), (1, 0, ε), ε = 1e-9: AᵀA is singular in float64. The right side is A·(1, 1).
    const x = leastSquares(Float64Array.of(1, 1, 1e-9, 0, 0, 1e-9), 3, 2, Float64Array.of(2, 1e-9, 1e-9));
    expect(distance(x ?? [], [1, 1])).toBeLessThan(1e-6);
  });

  it("finds the rank, and gives dependent columns 0", () => {
    const a = Float64Array.of(1, 2, 2, 4, 3, 6);
    expect(qr(a, 3, 2)?.rank).toBe(1);
    const x = leastSquares(a, 3, 2, Float64Array.of(1, 2, 3));
    expect(x?.[0]).toBe(0);
    expect(x?.[1]).toBeCloseTo(0.5, 14);
    expect(qr(new Float64Array(6), 3, 2)?.rank).toBe(0);
    expect(leastSquares(Float64Array.of(Number.NaN), 1, 1, Float64Array.of(1))).toBeNull();
  });
});

describe("vectors", () => {
  it("have norms that neither overflow nor underflow", () => {
    expect(norm(Float64Array.of(3e300, 4e300))).toBeCloseTo(5e300, -287);
    expect(norm(Float64Array.of(3e-300, 4e-300)) / 5e-300).toBeCloseTo(1, 14);
    expect(norm(new Float64Array(3))).toBe(0);
    expect(norm(Float64Array.of(1, Number.NaN))).toBeNaN();
    expect(dot(Float64Array.of(1, 2), Float64Array.of(3, 4))).toBe(11);
  });
});
