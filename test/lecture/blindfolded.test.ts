import { describe, expect, it } from "vitest";
import { L, ridges, walks } from "../../lecture/experiments/blindfolded.ts";
import { criticalPoints } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";

describe("walks on Rastrigin's hills", () => {
  it("are parted by the maxima of the function of one variable", () => {
    const { points } = criticalPoints(surfaces.rastrigin(1));
    const maxima = points.filter(({ kind }) => kind === "maximum").map(({ at: [x] }) => x);
    const sorted = maxima.sort((a, b) => a - b);
    expect(ridges()).toHaveLength(sorted.length);
    for (const [i, x] of ridges().entries()) expect(x).toBeCloseTo(sorted[i], 12);
  });

  it("stay in their basins at every rate below 1/L", () => {
    for (const part of [0.2, 0.9]) expect(walks(part / L).stayed).toBe(2048);
  });

  it("leap over ridges at a rate beyond, so the claim can fail", () => {
    const { stayed, values } = walks(4 / L);
    expect(stayed).toBeLessThan(1024);
    expect(values).toHaveLength(2048);
  });
});
