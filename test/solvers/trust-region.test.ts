import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { norm, svd } from "../../src/linalg/index.ts";
import { regionStep } from "../../src/solvers/search/region-step.ts";

/** Zero, or of a usual size. */
const number = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));

describe("the lowest point of a quadratic in a ball", () => {
  it("meets Moré and Sorensen's conditions", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (pairs, radius) => {
          const curvatures = Float64Array.from(pairs, ([lambda]) => lambda);
          const slopes = Float64Array.from(pairs, ([, gamma]) => gamma);
          const { z, decrease, bounded } = regionStep({ curvatures, slopes }, radius);
          expect(norm(z)).toBeLessThanOrEqual((1 + 1e-12) * radius);
          expect(decrease).toBeGreaterThanOrEqual(0);
          if (bounded) expect(norm(z)).toBeGreaterThan(0.98 * radius);
          // No point of the ball of 0.98 radii is lower: looked for along each axis, and in the opposite direction.
          const q = (at: Float64Array): number =>
            at.reduce((sum, x, i) => sum + x * (slopes[i] + 0.5 * curvatures[i] * x), 0);
          for (let i = 0; i < z.length; i++)
            for (const sign of [-1, 1]) {
              const other = new Float64Array(z.length);
              other[i] = 0.98 * sign * radius;
              expect(q(z)).toBeLessThanOrEqual(q(other) + 1e-9 * Math.abs(q(other)) + 1e-12);
            }
          expect(q(z)).toBeCloseTo(-decrease, 8);
        },
      ),
    );
  });

  it("is the Newton step if that is short enough", () => {
    const { z, bounded } = regionStep({ curvatures: Float64Array.of(2, 4), slopes: Float64Array.of(-2, 8) }, 10);
    expect([...z]).toEqual([1, -2]);
    expect(bounded).toBe(false);
  });

  it("lies along the negative curvature if the gradient has no component there", () => {
    const { z, decrease } = regionStep({ curvatures: Float64Array.of(-2, 2), slopes: Float64Array.of(0, 4) }, 3);
    // μ = 2: z₂ = −4/(2 + 2), and z₁ takes up the rest of the radius.
    expect(z[1]).toBe(-1);
    expect(Math.abs(z[0])).toBeCloseTo(Math.sqrt(8), 14);
    expect(decrease).toBeCloseTo(8 + 3, 13);
  });
});

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly rows: readonly (readonly number[])[];
    readonly values: readonly number[];
  }[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("../goldens/solvers/singular-values.json", import.meta.url), "utf8"),
);

describe("singular values", () => {
  it.each(golden.cases)("agree with mpmath's in 60 digits: $name", ({ name, rows, values }) => {
    const [m, n] = [rows.length, rows[0].length];
    const found = svd(Float64Array.from(rows.flat()), m, n);
    const sorted = [...found.values].sort((a, b) => b - a);
    for (const [k, value] of values.entries()) {
      // Badly scaled columns do no harm; nearly dependent ones cost digits of the small values, as they must.
      const scale = name === "graded" ? value : values[0];
      expect(Math.abs(sorted[k] - value)).toBeLessThan(1e-14 * scale);
    }
  });

  it("come with vectors that make up the matrix", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 12, maxLength: 12 }), (entries) => {
        const a = Float64Array.from(entries);
        const { scaledLeft, right } = svd(a, 4, 3);
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < 3; j++) {
            const sum = [0, 1, 2].reduce((total, k) => total + scaledLeft[k * 4 + i] * right[k * 3 + j], 0);
            expect(sum).toBeCloseTo(a[i * 3 + j], 12);
          }
      }),
    );
  });
});
