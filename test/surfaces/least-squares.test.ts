import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../src/objective/index.ts";
import { residualsOf } from "../../src/objective/residuals.ts";
import { type LeastSquares, leastSquares } from "../../src/surfaces/least-squares.ts";
import { sumOfSquares } from "../../src/surfaces/sum-of-squares.ts";

const decay = leastSquares({
  name: "decay",
  parameters: ["height", "rate"],
  data: { t: [0, 1, 2, 3], y: [5, 3, 2, 1] },
  define: "model = height*exp(-rate*t)",
  residuals: ["model - y", "rate - 0.5"],
  starts: [[4, 1]],
  minima: [{ value: 0.1, at: [5, 0.5] }],
});

function numbers(problem: LeastSquares, at: readonly number[]) {
  const f = residualsOf(problem);
  const [r, jacobian] = [new Float64Array(f.count), new Float64Array(f.count * f.dimension)];
  f.residualsAndJacobian(Float64Array.from(at), r, jacobian);
  return { f, r, jacobian };
}

describe("leastSquares", () => {
  it("mixes one formula over data with single residuals", () => {
    const [h, k] = [4.2, 0.7];
    const { f, r, jacobian } = numbers(decay, [h, k]);
    expect([f.dimension, f.count, decay.count]).toEqual([2, 5, 5]);
    const fall = [0, 1, 2, 3].map((t) => Math.exp(-k * t));
    expect([...r]).toEqual([...[5, 3, 2, 1].map((y, i) => h * fall[i] - y), k - 0.5]);
    const rows = [...fall.flatMap((d, t) => [d, -t * h * d]), 0, 1];
    for (const [i, slope] of rows.entries()) expect(jacobian[i]).toBeCloseTo(slope, 14);
  });

  it("gives the same residuals without the Jacobian", () => {
    const { f, r } = numbers(decay, [4, 1]);
    const alone = new Float64Array(5);
    f.residuals(Float64Array.of(4, 1), alone);
    expect(alone).toEqual(r);
  });

  it("is a surface: the sum of squares, with gradient 2Jᵀr", () => {
    const s = sumOfSquares(decay);
    expect(s.start).toEqual([4, 1]);
    expect(s.domain).toEqual([
      [3, 6],
      [0, 1.5],
    ]);
    const objective = objectiveOf(s);
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (h, k) => {
        const { r, jacobian } = numbers(decay, [h, k]);
        const g = new Float64Array(2);
        const value = objective.gradient(Float64Array.of(h, k), g);
        const sum = r.reduce((total, x) => total + x * x, 0);
        expect(Math.abs(value - sum)).toBeLessThanOrEqual(1e-13 * sum);
        for (const j of [0, 1]) {
          const slope = r.reduce((total, x, i) => total + 2 * x * jacobian[2 * i + j], 0);
          expect(Math.abs(g[j] - slope)).toBeLessThan(1e-11 * (1 + sum));
        }
      }),
    );
  });

  it("names the mistake", () => {
    const spec = { name: "mine", parameters: ["a"], residuals: ["a*x - y"], starts: [[1]] };
    const make = (more: object) => () => leastSquares({ ...spec, data: { x: [1, 2], y: [3, 4] }, ...more });
    expect(make({})).not.toThrow();
    expect(make({ data: { x: [1, 2], y: [3] } })).toThrow("mine: column y has 1 values, but column x has 2");
    expect(make({ data: { x: [1, 2], y: [3, Number.NaN] } })).toThrow("mine: column y, row 2, is NaN");
    expect(make({ starts: [[1, 2]] })).toThrow("mine: the start is [1, 2]; 1 finite numbers are needed, for a");
    expect(make({ residuals: ["a*x - z"] })).toThrow('line 1, column 7: unknown name "z"');
    expect(make({ residuals: ["[1, 2, 3]*a"] })).toThrow("residual 1 has shape [3]");
    expect(make({ parameters: ["a", "x"] })).toThrow("mine: x is the name of both a parameter and a column");
    expect(make({ starts: [] })).toThrow("mine: there is no start");
  });
});
