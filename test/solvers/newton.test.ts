import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { norm } from "../../src/linalg/index.ts";
import {
  findSolver,
  newton,
  newtonCG,
  newtonTrustRegion,
  pureNewton,
  type Solver,
  saddleFreeNewton,
  solve,
} from "../../src/solvers/index.ts";
import { surface, surfaces } from "../../src/surfaces/index.ts";
import { quadraticOf } from "./functions.ts";

const family = [newton(), newtonTrustRegion(), saddleFreeNewton(), pureNewton()];

/** The slope of the straight line that fits y over x best. */
function slopeOf(x: readonly number[], y: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [mx, my] = [mean(x), mean(y)];
  return mean(x.map((one, i) => (one - mx) * (y[i] - my))) / mean(x.map((one) => (one - mx) ** 2));
}

describe("Newton's method", () => {
  it.each(family)("solves a quadratic in one step: $name", (solver) => {
    const f = quadraticOf(
      [
        [4, 1, 0],
        [1, 3, -1],
        [0, -1, 5],
      ],
      [1, 2, 3],
    );
    // Without a trust region that holds it back: the start is far less than a radius away.
    const { x, iterations, outcome } = solve(f, { solver, start: [1, 1, 1] });
    expect({ iterations, outcome }).toEqual({ iterations: 1, outcome: "converged" });
    const g = new Float64Array(3);
    f.gradient(x, g);
    expect(norm(g)).toBeLessThan(1e-14);
  });

  it.each([newton(), newtonTrustRegion(), saddleFreeNewton()])(
    "doubles the digits at each step near Rosenbrock's minimum: $name",
    (solver) => {
      const { path, iterations } = solve(surfaces.rosenbrock(), { solver, path: true });
      const errors = Array.from({ length: iterations + 1 }, (_, k) =>
        Math.hypot((path?.points[2 * k] ?? Number.NaN) - 1, (path?.points[2 * k + 1] ?? Number.NaN) - 1),
      );
      // Where rounding does not show yet: the exponent p of eₖ₊₁ ≈ C·eₖᵖ, fitted.
      const near = errors.filter((error) => error < 0.1 && error > 1e-14).map(Math.log);
      expect(near.length).toBeGreaterThanOrEqual(4);
      const order = slopeOf(near.slice(0, -1), near.slice(1));
      expect(order).toBeGreaterThan(1.75);
      expect(order).toBeLessThan(2.25);
    },
  );

  it("goes into the saddle where it has no safeguard, and leaves it where it has one", () => {
    // Saddle at 0; minima at (0, ±1).
    const wells = surface({ name: "wells", text: "x^2 + y^4/4 - y^2/2", start: [1, 0.1] });
    expect(solve(wells, { solver: pureNewton() }).value).toBeCloseTo(0, 12);
    for (const solver of [newton(), newtonTrustRegion(), saddleFreeNewton(), newtonCG()]) {
      const { x, value, outcome } = solve(wells, { solver });
      expect(outcome, solver.name).toBe("converged");
      expect(value, solver.name).toBeCloseTo(-0.25, 12);
      expect(x[1], solver.name).toBeCloseTo(1, 8);
    }
  });

  it("saddle-free Newton takes Newton's step with its sign reversed where the curvature is negative", () => {
    const saddle = quadraticOf(
      [
        [2, 0],
        [0, -4],
      ],
      [0, 0],
    );
    const { path } = solve(saddle, { solver: saddleFreeNewton(), start: [3, 1], maxIterations: 1, path: true });
    expect([...(path?.points ?? [])]).toEqual([3, 1, 0, 2]);
  });

  it("the trust region leaves a saddle from a point whose gradient has no component along the way down", () => {
    const wells = surface({ name: "wells", text: "x^2 + y^4/4 - y^2/2", start: [1, 0] });
    const { value, x } = solve(wells, { solver: newtonTrustRegion() });
    expect(value).toBeCloseTo(-0.25, 12);
    expect(Math.abs(x[1])).toBeCloseTo(1, 8);
  });

  it("names a singular Hessian", () => {
    const flat = surface({ name: "flat", text: "(x + y)^2", start: [1, 1] });
    const { outcome, reason, x } = solve(flat, { solver: pureNewton() });
    expect(outcome).toBe("singular");
    expect(reason).toMatch(/Hessian is singular/);
    expect([...x]).toEqual([1, 1]);
    for (const solver of [newton(), newtonTrustRegion(), saddleFreeNewton()]) {
      const { outcome, value } = solve(flat, { solver });
      expect(outcome, solver.name).toBe("converged");
      expect(value, solver.name).toBeLessThan(1e-20);
    }
  });

  it("says that a function falls without bound", () => {
    const slide = surface({ name: "slide", text: "x^2 - y^2", start: [1, 0.5] });
    for (const solver of [newton(), newtonTrustRegion(), saddleFreeNewton(), newtonCG(), findSolver("lbfgs")()]) {
      const { outcome, x, value } = solve(slide, { solver });
      expect(outcome, solver.name).toBe("diverged");
      expect([...x, value].every(Number.isFinite), solver.name).toBe(true);
    }
  });

  it("minimises every positive definite quadratic in one step, however scaled", () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 9, maxLength: 9 }), fc.integer({ min: -6, max: 6 }), (r, power) => {
        // A = 10ᵖ·(RᵀR + I)
        const at = (i: number, j: number): number =>
          10 ** power * ([0, 1, 2].reduce((sum, k) => sum + r[3 * k + i] * r[3 * k + j], 0) + (i === j ? 1 : 0));
        const a = [0, 1, 2].map((i) => [0, 1, 2].map((j) => at(i, j)));
        const f = quadraticOf(a, [1, -1, 2]);
        const { iterations, outcome } = solve(f, { solver: newton(), start: [1, 1, 1], tolerance: 1e-8 });
        expect(outcome).toBe("converged");
        expect(iterations).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("Newton-CG", () => {
  it("solves a quadratic of n variables with about n products", () => {
    const n = 20;
    const a = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? i + 1 : 0.1)));
    const f = quadraticOf(a, new Array<number>(n).fill(1));
    const { outcome, evaluations } = solve(f, { solver: newtonCG(), start: new Array<number>(n).fill(0) });
    expect(outcome).toBe("converged");
    // The one is the look at the end.
    expect(evaluations.hessian).toBe(1);
    expect(evaluations.product).toBeLessThan(4 * n);
  });
});

describe("all that use curvature", () => {
  const named = (name: string): Solver => findSolver(name)();
  const solvers = ["newton", "newton-trust-region", "saddle-free-newton", "newton-cg"].map(named);
  it.each(solvers)("reach a minimum of every surface that has one: $name", (solver) => {
    for (const target of [
      surfaces.beale,
      surfaces.himmelblau,
      surfaces.booth,
      surfaces.matyas,
      surfaces.rosenbrock(),
    ]) {
      const { outcome, x, value } = solve(target, { solver });
      expect(outcome, target.name).toBe("converged");
      const nearest = Math.min(...target.minima.map(({ at }) => norm(x.map((entry, i) => entry - at[i]))));
      expect(nearest, `${target.name}: ${x} with ${value}`).toBeLessThan(1e-8);
    }
  });
});
