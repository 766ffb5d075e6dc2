import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../src/linalg/index.ts";
import {
  newton,
  newtonTrustRegion,
  objectiveOf,
  pureNewton,
  saddleFreeNewton,
  solve,
} from "../../src/solvers/index.ts";
import { type Surface, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";

/** Smooth surfaces with a floor: those that fall for ever have no minimum to end at. */
const floored = surfaces.surfaces.filter(({ name }) => !["saddle", "monkey-saddle"].includes(name));
const cases = floored.flatMap((surface) =>
  [...surface.saddles, ...surface.maxima].map(({ at, value }) => ({ surface, at, value })),
);

function leastCurvature(surface: Surface, x: Float64Array): number {
  const h = new Float64Array(x.length ** 2);
  objectiveOf(surface).hessian?.(x, h);
  const eigen = symmetricEigen(h, x.length);
  return eigen === null ? Number.NaN : eigen.values[0] / Math.max(...eigen.values.map(Math.abs));
}

describe.each([newton(), newtonTrustRegion(), saddleFreeNewton()])("$name", (solver) => {
  it.each(cases)("leaves $surface.name's critical point at $at", ({ surface, at, value }) => {
    const found = solve(surface, { solver, start: at });
    expect(found.outcome, found.reason).not.toBe("diverged");
    expect(found.value).toBeLessThan(value);
    expect(leastCurvature(surface, found.x)).toBeGreaterThan(-1e-6);
  });

  it("leaves the ridge that it starts on, which gradient descent never does", () => {
    const wells = surfaceFromText("(x^2 - 1)^2 + y^2");
    const { x, value, outcome, path } = solve(wells, { solver, start: [0, 1], path: true });
    expect(outcome).toBe("converged");
    expect([Math.abs(x[0]), value]).toEqual([expect.closeTo(1, 9), expect.closeTo(0, 15)]);
    expect(path?.values.every((each, i, all) => i === 0 || each < all[i - 1])).toBe(true);
    expect(solve(wells, { solver: pureNewton(), start: [0, 1] }).value).toBe(1);
  });

  it("reports an unbounded function", () => {
    expect(solve(surfaces.saddle, { solver, start: [1, 0] })).toMatchObject({ outcome: "diverged" });
    // No eigenvalue tells a way down from a monkey saddle, but beside it some do.
    expect(solve(surfaces.monkeySaddle, { solver, start: [0, 0] })).toMatchObject({ outcome: "diverged" });
  });

  it("takes one more Hessian at a minimum, and ends there", () => {
    const bowl = surfaces.quadratic(10);
    expect(solve(bowl, { solver, start: [0, 0] })).toMatchObject({ iterations: 0, outcome: "converged" });
  });
});
