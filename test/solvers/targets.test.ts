import { expect, test } from "vitest";
import { noisy } from "../../src/objective/index.ts";
import { bfgs, lbfgs, newton, solve } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";

/** (x − 3)⁴ + (y + 1)², with the count of its calls as state of its own. */
class Bowl {
  readonly name = "bowl";
  readonly dimension = 2;
  calls = 0;

  valueAndGradient([x, y]: Float64Array, g: Float64Array): number {
    this.calls++;
    g[0] = 4 * (x - 3) ** 3;
    g[1] = 2 * (y + 1);
    return (x - 3) ** 4 + (y + 1) ** 2;
  }
}

test("a user's function with values and gradients", () => {
  const bowl = new Bowl();
  const { x, outcome } = solve(bowl, { solver: lbfgs(), start: [0, 0] });
  expect(outcome).toBe("converged");
  expect(Math.abs(x[0] - 3)).toBeLessThan(1e-2);
  expect(Math.abs(x[1] + 1)).toBeLessThan(1e-6);
  expect(bowl.calls).toBeGreaterThan(5);
  expect(() => solve(bowl, { solver: newton(), start: [0, 0] })).toThrow(/bowl does not provide the Hessian/);
});

test("a noisy surface stays noisy as a target", () => {
  const seen = noisy(surfaces.beale, { sigma: 0.1, seed: 1 });
  const through = solve(seen, { solver: lbfgs(), maxIterations: 5 });
  const plain = solve(surfaces.beale, { solver: lbfgs(), maxIterations: 5 });
  expect([...through.x]).not.toEqual([...plain.x]);
  expect(() => solve(seen, { solver: newton() })).toThrow(/does not provide/);
});

test("BFGS refuses more variables than its matrix can hold, and names an alternative", () => {
  const name = "flat";
  const flat = { name, dimension: 6000, valueAndGradient: (_: Float64Array, g: Float64Array) => g.fill(0).length * 0 };
  const start = new Array<number>(6000).fill(1);
  expect(() => solve(flat, { solver: bfgs(), start })).toThrow(/6000 × 6000 entries.* use lbfgs/);
  expect(solve(flat, { solver: lbfgs(), start }).outcome).toBe("converged");
});
