import { describe, expect, it } from "vitest";
import {
  diagonalHessian,
  diagonalHessianLater,
  extremeEigenvalues,
  extremeEigenvaluesLater,
} from "../../src/solvers/index.ts";
import { quadraticOf } from "./functions.ts";
import { golden, smallNet, w } from "./small-net.ts";

const n = w.length;

describe("extreme eigenvalues", () => {
  it("of a small net's loss agree with its Hessian in PyTorch", async () => {
    const { largest, smallest, products } = await extremeEigenvaluesLater(smallNet(), w, { count: 3 });
    const exact = golden.eigenvalues;
    expect(products).toBeLessThanOrEqual(n);
    for (let k = 0; k < 3; k++) {
      expect(largest[k].value).toBeCloseTo(exact[n - 1 - k], 8);
      expect(smallest[k].value).toBeCloseTo(exact[k], 8);
    }
  });

  it("come with their eigenvectors and a bound on their error", async () => {
    const f = smallNet();
    const { largest, smallest } = await extremeEigenvaluesLater(f, w, { count: 2, accuracy: 1e-3 });
    for (const { value, vector, residual } of [...largest, ...smallest]) {
      const hv = new Float64Array(n);
      await f.hessianProduct(w, vector, hv);
      const error = Math.hypot(...hv.map((x, i) => x - value * vector[i]));
      expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
      expect(error).toBeLessThan(residual + 1e-12);
    }
  });

  it("are found where the Hessian has an invariant subspace, and where eigenvalues repeat", () => {
    const diagonal = [5, 5, 5, 1, 1, -2];
    const f = quadraticOf(
      diagonal.map((lambda, i) => diagonal.map((_, j) => (i === j ? lambda : 0))),
      diagonal.map(() => 0),
    );
    const { largest, smallest } = extremeEigenvalues(f, new Float64Array(6), { count: 3 });
    expect(largest.map(({ value }) => Math.round(1e9 * value) / 1e9)).toEqual([5, 5, 5]);
    expect(smallest.map(({ value }) => Math.round(1e9 * value) / 1e9)).toEqual([-2, 1, 1]);
  });

  it("refuse settings that make no sense", () => {
    const f = quadraticOf([[1]], [0]);
    expect(() => extremeEigenvalues(f, new Float64Array(1), { count: 0 })).toThrow(
      /count is 0; it must be a whole number/,
    );
  });
});

describe("the diagonal of a Hessian", () => {
  it("of a small net's loss is PyTorch's, within its standard errors", async () => {
    const { diagonal, standardError } = await diagonalHessianLater(smallNet(), w, { samples: 400 });
    const off = Array.from(diagonal, (x, i) => Math.abs(x - golden.hessian[i * n + i]) / (standardError[i] + 1e-15));
    // Of 31 normal numbers none is beyond 4.5 but once in 5,000 times.
    expect(Math.max(...off)).toBeLessThan(4.5);
    const variance = off.reduce((sum, x) => sum + x * x, 0) / n;
    expect(variance).toBeGreaterThan(0.3);
    expect(variance).toBeLessThan(2.5);
  });

  it("is exact from one sample where the Hessian is diagonal", () => {
    const f = quadraticOf(
      [
        [3, 0],
        [0, -2],
      ],
      [0, 0],
    );
    expect([...diagonalHessian(f, new Float64Array(2), { samples: 1 }).diagonal]).toEqual([3, -2]);
  });
});
