import { describe, expect, it } from "vitest";
import { bendOf, type Verdict, verdictByChords, verdictByCurvature } from "../../lecture/convexity.ts";
import { heightsAround, kindBySight } from "../../lecture/experiments/critical-points.ts";
import { objectiveOf } from "../../src/objective/index.ts";
import { criticalPoints } from "../../src/solvers/index.ts";
import { type Surface, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";

describe("chords and curvature", () => {
  const known: Readonly<Record<Verdict, readonly Surface[]>> = {
    convex: [
      surfaces.bowl,
      surfaces.booth,
      surfaces.matyas,
      surfaces.zakharov(),
      surfaceFromText("exp(x + 2*y) + abs(y)^3"),
    ],
    concave: [surfaceFromText("-x^4 - y^2"), surfaceFromText("-log(exp(x) + exp(y))")],
    neither: [surfaces.saddle, surfaces.monkeySaddle, surfaces.himmelblau, surfaces.rastrigin(), surfaces.plateau],
  };

  it.each(["convex", "concave", "neither"] as const)("tell which surfaces are %s", (verdict) => {
    for (const surface of known[verdict]) {
      const bend = bendOf(surface);
      expect([surface.name, verdictByChords(bend), verdictByCurvature(bend)]).toEqual([surface.name, verdict, verdict]);
    }
  });

  it("measure a quadratic's own curvatures", () => {
    expect(bendOf(surfaces.bowl)).toEqual({
      shareAboveSurface: 1,
      shareBelowSurface: 0,
      leastCurvature: 1,
      greatestCurvature: 10,
    });
  });
});

describe("kinds by sight", () => {
  it("sees r² around the bottom of a bowl", () => {
    const heights = heightsAround(objectiveOf(surfaceFromText("x^2 + y^2")), [0, 0]);
    for (const height of heights) expect(height).toBeCloseTo(0.05 ** 2, 15);
  });

  it.each([surfaces.himmelblau, surfaces.sixHumpCamel, surfaces.goldsteinPrice, surfaces.styblinskiTang()])(
    "agrees with the eigenvalues: $name",
    (surface) => {
      const f = objectiveOf(surface);
      const { points } = criticalPoints(surface);
      expect(points.length).toBeGreaterThan(8);
      for (const { at, kind } of points) expect(kindBySight(heightsAround(f, at))).toBe(kind);
    },
  );

  it("sees a minimum where the eigenvalues, being zero, tell nothing", () => {
    const flat = surfaceFromText("x^4 + y^4");
    expect(kindBySight(heightsAround(objectiveOf(flat), [0, 0]))).toBe("minimum");
    expect(criticalPoints(flat).points.map(({ kind }) => kind)).toEqual(["degenerate"]);
  });
});
