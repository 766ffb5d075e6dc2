import { describe, expect, it } from "vitest";
import { findSolver, solve } from "../../src/solvers/index.ts";
import { surfaceFromText } from "../../src/surfaces/index.ts";

const methods = [
  "bfgs",
  "lbfgs",
  "conjugate-gradient",
  "newton",
  "newton-trust-region",
  "saddle-free-newton",
  "newton-cg",
  "barzilai-borwein",
  "steepest-descent",
];

const run = (name: string, text: string, start: readonly number[]) =>
  solve(surfaceFromText(text), { solver: findSolver(name)(), start });

describe("leaves a point where gradient and curvature are 0 but the value still falls", () => {
  // Minima by hand: of xⁿ⁺¹ + xⁿ at x = −n/(n + 1).
  it.each([
    ["x^4 + x^3 + y^2", [1, 1], -27 / 256],
    ["x^4/4 - x^3/3 + y^2", [-1, 2], -1 / 12],
    ["x^6 - x^5 + (y - 1)^2", [-2, 5], -(5 ** 5) / 6 ** 6],
    ["x^8 + x^7 + y^2 + (z - 1)^2", [1, 1, 1], -(7 ** 7) / 8 ** 8],
    ["x^3 - 3*x*y^2 + (x^2 + y^2)^2", [0, 0], -27 / 256],
    ["x*y*z + x^4 + y^4 + z^4", [0, 0, 0], -1 / 256],
    ["x^4 + x^3 + 1e6 - 1e6", [1], -27 / 256],
  ] as const)("%s from %s", (text, start, minimum) => {
    for (const name of methods) {
      const { outcome, value, reason } = run(name, text, start);
      expect([outcome, value], `${name}: ${reason}`).toEqual(["converged", expect.closeTo(minimum, 9)]);
    }
  });

  it("above a large constant", () => {
    for (const name of methods) expect(run(name, "x^4 + x^3 + 1e6", [1]).x[0], name).toBeCloseTo(-0.75, 3);
  });

  it("in a flat direction that is not a coordinate axis", () => {
    for (const name of methods.filter((each) => each !== "barzilai-borwein"))
      expect(run(name, "(x + y)^4 + (x + y)^3 + (x - 2*y)^2", [1, 1]).value, name).toBeCloseTo(-27 / 256, 9);
  });

  it("but not a flat minimum", () => {
    for (const name of methods.filter((each) => each !== "steepest-descent")) {
      const { outcome, iterations } = run(name, "x^4 + y^2 + 3", [1, 1]);
      expect(outcome, name).toBe("converged");
      expect(iterations, name).toBeLessThan(100);
    }
  });
});
