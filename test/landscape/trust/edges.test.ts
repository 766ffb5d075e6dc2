import { describe, expect, it } from "vitest";
import { measuresOf } from "../../../src/landscape/index.ts";
import { even, sliceOf } from "./slices.ts";

/** Beale's function around its minimum (3, 0.5), where it is 0. */
const beale = (s: number, t: number): number => {
  const [x, y] = [3 + s, 0.5 + t];
  return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2;
};

/** All numbers that are measured. */
const numbersOf = (measures: object): unknown[] =>
  Object.values(measures)
    .flat()
    .filter((value) => typeof value === "number");

describe("of known functions", () => {
  it("Beale's has the curvature and the basin of its Hessian 2JᵀJ at the minimum", () => {
    // J = [[−1/2, 3], [−3/4, 3], [−7/8, 9/4]], since all residuals are 0 there.
    const [xx, xy, yy] = [3.15625, -11.4375, 46.125];
    const slice = sliceOf(beale, even(-0.012, 0.012, 81), even(-0.003, 0.003, 81));
    const level = 1e-5;
    const { curvature, basinArea, nonConvex, quadraticResidual } = measuresOf(slice, { level });
    expect(Math.abs((curvature[0] ?? 0) / xx - 1)).toBeLessThan(1e-4);
    expect(Math.abs((curvature[1] ?? 0) / yy - 1)).toBeLessThan(1e-4);
    // An ellipse zᵀHz/2 < level has the area 2π·level/√det H.
    expect(Math.abs(basinArea / ((2 * Math.PI * level) / Math.sqrt(xx * yy - xy * xy)) - 1)).toBeLessThan(0.01);
    expect(nonConvex).toBe(0);
    expect(quadraticResidual).toBeLessThan(1e-3);
  });

  it("two wells (x² − 1)² + y² are not convex where |x| < 1/√3, with a ridge of 1 between them", () => {
    const wells = (x: number, y: number): number => (x * x - 1) ** 2 + y * y;
    const { nonConvex, minima } = measuresOf(sliceOf(wells, even(-2, 2, 161)), { level: 1 });
    expect(Math.abs((nonConvex ?? 0) - 1 / (2 * Math.sqrt(3)))).toBeLessThan(0.015);
    expect(minima).toBe(2);
    const between = sliceOf((x) => wells(2 * x - 1, 0), even(-0.5, 1.5, 41), [0], "between");
    expect(measuresOf(between, { level: 1 }).barrier).toBeCloseTo(1, 12);
  });

  it("a saddle is a quadratic with curvatures 2 and −2 and half of its window below 0", () => {
    const { curvature, basin, quadraticResidual, nonConvex } = measuresOf(
      sliceOf((x, y) => x * x - y * y, even(-1, 1, 41)),
      { level: 0 },
    );
    expect(curvature[0]).toBeCloseTo(2, 10);
    expect(curvature[1]).toBeCloseTo(-2, 10);
    expect(basin).toBeCloseTo(0.5, 3);
    expect(quadraticResidual).toBeLessThan(1e-24);
    expect(nonConvex).toBe(1);
  });
});

describe("at the edges", () => {
  it.each([0.1, -0.3, 0, 1e-30, 1e300])(
    "losses that are all %d are a constant: quadratic, convex, no ridge",
    (loss) => {
      for (const [x, y] of [
        [even(-1, 1, 7), even(-1, 1, 5)],
        [[-1, -0.3, 0, 0.1, 0.9, 2], [0]],
      ]) {
        const measures = measuresOf(
          sliceOf(() => loss, x, y),
          { level: 0.5 },
        );
        expect(measures).toMatchObject({ quadraticResidual: 0, barrier: 0, minima: 0, basin: loss < 0.5 ? 1 : 0 });
        expect(measures.nonConvex).toBe(0);
        expect(numbersOf(measures).every(Number.isFinite)).toBe(true);
      }
    },
  );

  it("negative losses have the shape of the same losses above 0; a rise relative to 1 + L₀ is unknown from −1 down", () => {
    const bowl = (x: number, y: number): number => x * x + y * y;
    const [high, low] = [0, -5].map((depth) =>
      measuresOf(
        sliceOf((x, y) => bowl(x, y) + depth, even(-1, 1, 21)),
        { level: 0.5 + depth },
      ),
    );
    expect(low.basinArea).toBeCloseTo(high.basinArea, 10);
    expect(low).toMatchObject({ nonConvex: 0, barrier: 0, minima: 1, sharpness: null });
    expect(high.sharpness).toBeGreaterThan(0);
  });

  it("a window beside the centre has neither a ridge seen from it nor a radius", () => {
    const wave = (x: number): number => Math.sin(5 * x);
    for (const slice of [sliceOf(wave, even(0.5, 2, 31)), sliceOf(wave, even(-1, 1, 31), [0.25, 0.5, 1])]) {
      expect(measuresOf(slice, { level: 0 })).toMatchObject({ barrier: null, radius: 0, lossAtRadius: null });
      expect(() => measuresOf(slice, { level: 0, radius: 0.1 })).toThrow("the centre is not inside the window; leave");
    }
  });

  it("one row of a plane that misses the centre is not taken for a line through it", () => {
    const slice = {
      ...sliceOf((x) => x * x, even(-1, 1, 11), [0.5, 1]),
      y: [-0.5],
      loss: [even(-1, 1, 11).map((x) => x * x)],
    };
    expect(measuresOf(slice, { level: 0.5 })).toMatchObject({ barrier: null, radius: 0, sharpness: null });
    const between = { ...slice, directions: slice.directions.map((each) => ({ ...each, kind: "between" as const })) };
    expect(measuresOf(between, { level: 0.5 }).barrier).toBeNull();
  });

  it("too few points show no ridge and no barrier", () => {
    expect(
      measuresOf(
        sliceOf((x) => x * x, even(-1, 1, 3)),
        { level: 1 },
      ).barrier,
    ).toBeNull();
    expect(
      measuresOf(
        sliceOf((x) => x * x, [0, 1], [0], "between"),
        { level: 1 },
      ).barrier,
    ).toBeNull();
  });

  it("losses missing here and there give numbers or null, never NaN", () => {
    for (let hole = 0; hole < 25; hole++) {
      const holes = (x: number, y: number): number =>
        (Math.round(2 * x + 2) * 5 + Math.round(2 * y + 2) + hole) % 4 === 0 ? Number.NaN : x * x + y ** 3;
      for (const y of [even(-1, 1, 5), [0]]) {
        const measures = measuresOf(sliceOf(holes, even(-1, 1, 5), y), { level: 0.5 });
        expect(numbersOf(measures).every(Number.isFinite)).toBe(true);
        expect(measures.notFinite).toBeGreaterThan(0);
      }
    }
  });
});
