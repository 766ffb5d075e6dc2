import { describe, expect, it } from "vitest";
import { criticalPoints, type FoundPoint } from "../../src/solvers/critical-points/critical-points.ts";
import {
  beale,
  easom,
  findSurface,
  himmelblau,
  monkeySaddle,
  plateau,
  rastrigin,
  sixHumpCamel,
  surfaces,
} from "../../src/surfaces/catalogue.ts";
import { surface } from "../../src/surfaces/surface.ts";
import { pointsOf } from "./known-points.ts";

const square = (low: number, high: number) =>
  [
    [low, high],
    [low, high],
  ] as const;

function count(points: readonly FoundPoint[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of points) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe("criticalPoints", () => {
  const complete = surfaces.filter((s) => s.complete);

  it("is tried on many surfaces", () => expect(complete.length).toBeGreaterThan(17));

  it.each(complete.map((s) => [s.name, s] as const))(
    "finds all points of %s, and no others, each of its kind",
    (_, s) => {
      const { points } = criticalPoints(s, { starts: 400 });
      const known = pointsOf(s);
      expect(points).toHaveLength(known.length);
      for (const { kind, point } of known) {
        const found = points.find(({ at }) => Math.hypot(...at.map((x, i) => x - point.at[i])) < 1e-7);
        expect(found?.kind, `${point.at}`).toBe(s.name === "monkey-saddle" ? "degenerate" : kind);
        expect(found && Math.abs(found.value - point.value)).toBeLessThan(1e-9);
      }
    },
  );

  it("counts as the literature does", () => {
    expect(count(criticalPoints(himmelblau).points)).toEqual({ minimum: 4, maximum: 1, saddle: 4 });
    expect(count(criticalPoints(sixHumpCamel).points)).toEqual({ minimum: 6, maximum: 2, saddle: 7 });
  });

  it("distinguishes global minima from local ones", () => {
    const minima = criticalPoints(sixHumpCamel).points.filter(({ kind }) => kind === "minimum");
    expect(minima.map(({ global }) => global)).toEqual([true, true, false, false, false, false]);
    expect(criticalPoints(himmelblau).points.filter(({ global }) => global)).toHaveLength(4);
    // Himmelblau's maximum is a hill among higher slopes.
    expect(criticalPoints(himmelblau).points.find(({ kind }) => kind === "maximum")?.global).toBe(false);
    // Without a lowest point a minimum is local: the starts have seen lower places.
    const cubic = surface({ name: "cubic", text: "x^3 - 3*x", variables: ["x"] });
    expect(criticalPoints(cubic).points.map(({ kind, global }) => [kind, global])).toEqual([
      ["minimum", false],
      ["maximum", false],
    ]);
    // A known minimum counts where the search did not look.
    const aside = criticalPoints(himmelblau, { domain: square(-0.5, 0) });
    expect(aside.points).toHaveLength(0);
  });

  it("finds all 21 × 21 points of Rastrigin's function, given starts enough", () => {
    // In one variable x + 10π·sin(2πx) = 0 has 21 roots in ±5.12, 11 minima and 10 maxima between them.
    const { points } = criticalPoints(rastrigin(), { starts: 4096 });
    expect(count(points)).toEqual({ minimum: 121, saddle: 220, maximum: 100 });
    expect(criticalPoints(rastrigin(1)).points).toHaveLength(21);
  });

  it("gives the gradient and the eigenvalues at each", () => {
    for (const { gradientNorm, eigenvalues, kind } of criticalPoints(beale).points) {
      expect(gradientNorm).toBeLessThan(1e-10);
      expect(eigenvalues[0] > 0 ? "minimum" : "saddle").toBe(kind);
    }
  });

  it("knows a degenerate point, also where rounding blurs its place", () => {
    const kinds = (text: string) => criticalPoints(surface({ name: "mine", text })).points.map(({ kind }) => kind);
    expect(criticalPoints(monkeySaddle).points.map(({ kind }) => kind)).toEqual(["degenerate"]);
    expect(kinds("x^4 + y^2")).toEqual(["degenerate"]);
    expect(kinds("x^3 + y^2")).toEqual(["degenerate"]);
    expect(kinds("x^4 - 4*x^3 + 6*x^2 - 4*x + 1 + y^2")).toEqual(["degenerate"]);
    // Small curvature is not none.
    expect(kinds("1e-6*x^2 + y^2")).toEqual(["minimum"]);
  });

  it("reports walks that end nowhere, and does not take a plateau for a critical point", () => {
    const flat = criticalPoints(surface({ name: "flat", text: "0*x + 3" }), { starts: 50 });
    expect(flat).toEqual({ points: [], walks: { arrived: 0, left: 0, flat: 50, stuck: 0 } });
    expect(criticalPoints(surface({ name: "slope", text: "x + y" }), { starts: 50 }).points).toEqual([]);
    const { points, walks } = criticalPoints(plateau, { domain: square(-40, 40), starts: 300 });
    expect(points).toHaveLength(1);
    expect(walks.arrived + walks.left + walks.flat + walks.stuck).toBe(300);
    expect(walks.left + walks.flat + walks.stuck).toBeGreaterThan(280);
    expect(count(criticalPoints(easom).points)).toEqual({ minimum: 5, saddle: 4, maximum: 4 });
  });

  it("goes past places where the function is not defined", () => {
    const s = surface({
      name: "well",
      text: "x - log(x) + y^2",
      domain: [
        [-2, 4],
        [-1, 1],
      ],
    });
    const { points } = criticalPoints(s);
    expect(points).toHaveLength(1);
    expect(points[0].at[0]).toBeCloseTo(1, 12);
  });

  it("finds the second minimum of Rosenbrock's valley in four dimensions", () => {
    const { points } = criticalPoints(findSurface("rosenbrock:4"), { starts: 600 });
    expect(points.map(({ kind, global }) => [kind, global])).toEqual([
      ["minimum", true],
      ["minimum", false],
      ["saddle", false],
    ]);
  });

  it("refuses a domain or a number of starts that makes no sense", () => {
    expect(() => criticalPoints(beale, { domain: [[0, 1]] })).toThrow(
      "has 1 intervals; give one for each variable (x, y)",
    );
    expect(() => criticalPoints(beale, { starts: 0 })).toThrow("beale: starts is 0; it must be a whole number from 1");
  });
});
