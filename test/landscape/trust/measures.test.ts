import { describe, expect, it } from "vitest";
import { measuresOf, spreadOf } from "../../../src/landscape/index.ts";
import { even, sliceOf } from "./slices.ts";

const bowl = (x: number, y: number): number => x * x + y * y;
const grids = [11, 24, 25, 51].map((count) => even(-1, 1, count));

it("the measures of a fine grid are those of a coarse one, however many points it has", () => {
  const [coarse, fine] = [4_001, 400_001].map((count) =>
    measuresOf(
      sliceOf((x) => x * x, even(-1, 1, count), [0]),
      { level: 0.25 },
    ),
  );
  for (const [name, value] of Object.entries(coarse))
    if (typeof value === "number") expect(Reflect.get(fine, name), name).toBeCloseTo(value, 5);
  expect(fine.highestAtRadius).toBeCloseTo(0.25, 9);
});

describe("the basin", () => {
  it("of a paraboloid has the area π·level, with an error that falls as the square of the spacing", () => {
    const errors = [11, 21, 41, 81].map((count) => {
      const { basinArea, basin } = measuresOf(sliceOf(bowl, even(-1, 1, count)), { level: 0.5 });
      expect(basin).toBeCloseTo(basinArea / 4, 12);
      return Math.abs(basinArea - Math.PI / 2);
    });
    for (const [k, error] of errors.entries()) expect(error).toBeLessThan(0.05 / 4 ** k);
  });

  it("below a plane's level is what lies beside a straight line, exactly", () => {
    const area = exactBeside(0.3);
    for (const x of grids)
      expect(
        measuresOf(
          sliceOf((s, t) => s + 2 * t, x),
          { level: 0.3 },
        ).basinArea,
      ).toBeCloseTo(area, 12);
  });

  it("is all or nothing of the window where the loss is far below or above", () => {
    const slice = sliceOf(bowl, even(-1, 1, 5));
    expect(measuresOf(slice, { level: 3 }).basin).toBe(1);
    expect(measuresOf(slice, { level: -1 }).basin).toBe(0);
  });

  it("of a line is a length", () => {
    const line = sliceOf((x) => Math.abs(x), even(-0.5, 1.5, 21), [0]);
    expect(measuresOf(line, { level: 0.25 })).toMatchObject({ basin: expect.closeTo(0.25, 12) });
    expect(measuresOf(line, { level: 1.25 }).basinArea).toBeCloseTo(1.75, 12);
  });

  it("ends where the loss is not finite, and its points are counted", () => {
    const cliff = sliceOf((x, y) => (x > 0.55 ? Number.NaN : y), even(-1, 1, 21));
    const { basin, notFinite } = measuresOf(cliff, { level: 10 });
    expect(notFinite).toBeCloseTo(5 / 21, 12);
    expect(basin).toBeCloseTo(15 / 20, 12);
  });

  it("weighs the cells of an uneven grid by their size", () => {
    const uneven = [-1, -0.5, -0.4, -0.3, 0, 0.1, 0.5, 1];
    expect(
      measuresOf(
        sliceOf((x) => x, uneven),
        { level: 0.2 },
      ).basin,
    ).toBeCloseTo(0.6, 12);
  });
});

/** The area of x + 2y < level in [−1, 1]², for a level from −1 to 1: for each x, y from −1 to (level − x)/2. */
const exactBeside = (level: number): number => 2 + level;

describe("the shares of points that are not convex", () => {
  it("are 0 of a bowl, 1 of a saddle, and 0 of a plane, on every grid", () => {
    for (const x of grids) {
      const share = (f: (x: number, y: number) => number) => measuresOf(sliceOf(f, x), { level: 100 }).nonConvex;
      expect(share(bowl)).toBe(0);
      expect(share((s, t) => s * s - t * t)).toBe(1);
      expect(share((s, t) => s * t)).toBe(1);
      expect(share((s, t) => 3 * s - t)).toBe(0);
      expect(share((s) => s * s)).toBe(0);
    }
  });

  it("do not take rounding in float32 for curvature", () => {
    const rough = (s: number, t: number): number => Math.fround(100 + s - 2 * t) * (1 + 6e-8 * Math.sin(1e4 * s * t));
    expect(measuresOf(sliceOf(rough, even(-1, 1, 41)), { level: 0 }).nonConvex).toBe(0);
  });

  it("do not depend on the lengths of the directions or the angle between them", () => {
    const wavy = (s: number, t: number): number => Math.sin(3 * s) * Math.cos(2 * t);
    const x = even(-1, 1, 41);
    const share = measuresOf(sliceOf(wavy, x), { level: 10 }).nonConvex ?? 0;
    const stretched = measuresOf(
      sliceOf((s, t) => wavy(s, t / 100), x, even(-100, 100, 41)),
      { level: 10 },
    );
    expect(stretched.nonConvex).toBeCloseTo(share, 12);
    expect(share).toBeGreaterThan(0.4);
  });

  it("are of a ring's inside within the basin, by the sign of its curvature", () => {
    // exp(−r²/2) has a Hessian with a negative eigenvalue everywhere but where r² > 1 … along r it is (r² − 1)e, across −e.
    const hill = (s: number, t: number): number => -Math.exp(-(s * s + t * t) / 2);
    // −exp(−r²/2) is convex for r < 1 only.
    const { nonConvex, nonConvexInBasin } = measuresOf(sliceOf(hill, even(-3, 3, 121)), {
      level: -Math.exp(-1 / 2),
    });
    expect(nonConvexInBasin).toBeLessThan(0.05);
    expect(nonConvex).toBeCloseTo(1 - Math.PI / 36, 2);
  });

  it("are known neither at the border nor without a basin", () => {
    const slice = sliceOf(bowl, even(-1, 1, 3), even(-1, 1, 2));
    expect(measuresOf(slice, { level: 1 })).toMatchObject({ nonConvex: null, nonConvexInBasin: null });
    expect(measuresOf(sliceOf(bowl, even(-1, 1, 5)), { level: -1 }).nonConvexInBasin).toBeNull();
  });
});

describe("strict local minima", () => {
  it("are one in a bowl, none on a plane or a trough, and each of a wave's", () => {
    const minima = (f: (x: number, y: number) => number, x = even(-1, 1, 41)) =>
      measuresOf(sliceOf(f, x), { level: 0 }).minima;
    expect(minima(bowl)).toBe(1);
    expect(minima((s, t) => s + t)).toBe(0);
    expect(minima((s) => s * s)).toBe(0);
    // cos has its minima at ±π: on [−5, 5]² four of them.
    expect(minima((s, t) => Math.cos(s) + Math.cos(t), even(-5, 5, 101))).toBe(4);
  });

  it("are not those that rounding makes", () => {
    const noisy = (s: number, t: number): number => 1 + 6e-8 * Math.sin(1e5 * (s + 3 * t));
    expect(measuresOf(sliceOf(noisy, even(-1, 1, 21)), { level: 0 }).minima).toBe(0);
  });

  it("on a line have two neighbours", () => {
    expect(
      measuresOf(
        sliceOf((x) => Math.cos(x), even(-5, 5, 51), [0]),
        { level: 0 },
      ).minima,
    ).toBe(2);
  });
});

describe("the barrier", () => {
  it("is 0 on a slope, where the loss only falls in one direction and only rises in the other", () => {
    for (const f of [(s: number) => Math.exp(-s), (s: number, t: number) => (s - 0.7) ** 2 + t ** 2])
      expect(measuresOf(sliceOf(f, even(-1, 1, 21)), { level: 1 }).barrier).toBe(0);
  });

  it("is not known where the centre has no finite loss", () => {
    expect(
      measuresOf(
        sliceOf(() => Number.NaN, even(-1, 1, 5)),
        { level: 1 },
      ).barrier,
    ).toBeNull();
  });

  it("is the height of a ridge above the centre, where the loss beyond is lower still", () => {
    const hill = (s: number): number => (s > 0 ? 2 * Math.sin(Math.PI * s) - s : 1);
    const { barrier } = measuresOf(sliceOf(hill, even(-1, 1, 41), [0]), { level: 1 });
    expect(barrier).toBeCloseTo(Math.max(...even(0, 1, 21).map(hill)) - hill(0), 10);
  });

  it("is 0 outward from the minimum of a convex function, narrow and oblique as it may be", () => {
    for (const x of grids)
      for (const f of [bowl, (s: number, t: number) => 100 * (s - t) ** 2 + (s + t) ** 2 + s ** 4])
        expect(measuresOf(sliceOf(f, x), { level: 1 })).toMatchObject({
          barrierAlong: "outward",
          barrier: x.length % 2 === 1 ? 0 : expect.any(Number),
        });
  });

  it("is the fall beyond a round ridge: of sin² with its top 1, to 0", () => {
    const ring = (s: number, t: number): number => Math.sin(Math.hypot(s, t)) ** 2;
    const { barrier } = measuresOf(sliceOf(ring, even(-Math.PI, Math.PI, 41)), { level: 1 });
    expect(barrier).toBeCloseTo(1, 2);
  });

  it("between two solutions stands above the straight line between their losses", () => {
    // (t² − 1)² with t = 3x − 2, from 9 to 0, as in Entezari's definition.
    const f = (x: number): number => ((3 * x - 2) ** 2 - 1) ** 2;
    const line = sliceOf(f, even(-0.5, 1.5, 201), [0], "between");
    const exact = Math.max(...even(0, 1, 10_001).map((x) => f(x) - 9 * (1 - x)));
    const { barrier, barrierAlong } = measuresOf(line, { level: 1 });
    expect(barrierAlong).toBe("between");
    expect(barrier).toBeCloseTo(exact, 3);
    const convex = sliceOf((x) => x * x, even(-0.5, 1.5, 21), [0], "between");
    expect(measuresOf(convex, { level: 1 }).barrier).toBe(0);
  });

  it("is unknown if the window does not hold both solutions, or a loss between them is not finite", () => {
    expect(measuresOf(sliceOf(bowl, even(-1, 0.5, 11), [0], "between"), { level: 1 }).barrier).toBeNull();
    const hole = sliceOf((x) => (x > 0.4 && x < 0.6 ? Number.NaN : 0), even(-0.5, 1.5, 21), [0], "between");
    expect(measuresOf(hole, { level: 1 }).barrier).toBeNull();
  });
});

describe("around the centre", () => {
  it("the loss at a radius and the sharpness of Keskar are those of the function", () => {
    const f = (s: number, t: number): number => 0.5 + 4 * s * s + t * t;
    for (const x of [25, 51, 101].map((count) => even(-1, 1, count))) {
      const found = measuresOf(sliceOf(f, x), { level: 1 });
      expect(found.radius).toBe(0.5);
      const close = (x[1] - x[0]) ** 2 * 2;
      expect(Math.abs((found.lossAtRadius ?? 0) - (0.5 + 2.5 * 0.25))).toBeLessThan(close);
      expect(Math.abs((found.lowestAtRadius ?? 0) - 0.75)).toBeLessThan(close);
      expect(Math.abs((found.highestAtRadius ?? 0) - 1.5)).toBeLessThan(close);
      expect(Math.abs((found.sharpness ?? 0) - 1 / 1.5)).toBeLessThan(close);
    }
    expect(measuresOf(sliceOf(f, even(-1, 1, 25)), { level: 1, radius: 1 }).highestAtRadius).toBeCloseTo(4.5, 12);
  });

  it("on a line are its two sides", () => {
    const line = sliceOf((x) => (x > 0 ? 3 * x : -x), even(-1, 1, 11), [0]);
    expect(measuresOf(line, { level: 1, radius: 0.5 })).toMatchObject({
      lowestAtRadius: expect.closeTo(0.5, 12),
      highestAtRadius: expect.closeTo(1.5, 12),
      lossAtRadius: expect.closeTo(1, 12),
    });
  });

  it("a peak inside the disc counts for sharpness", () => {
    const peak = (s: number, t: number): number => 5 * Math.exp(-50 * ((s - 0.2) ** 2 + t * t));
    const { sharpness, highestAtRadius } = measuresOf(sliceOf(peak, even(-1, 1, 21)), { level: 1, radius: 0.9 });
    expect(highestAtRadius).toBeLessThan(0.01);
    expect(sharpness).toBeCloseTo((5 - peak(0, 0)) / (1 + peak(0, 0)), 6);
  });

  it("is unknown where the centre is outside the window, or a loss is not finite", () => {
    const aside = measuresOf(sliceOf(bowl, even(0.5, 1, 5)), { level: 1 });
    expect(aside).toMatchObject({ radius: 0, sharpness: null, lossAtRadius: null });
    const hole = sliceOf((s, t) => (s > 0.3 ? Number.POSITIVE_INFINITY : t), even(-1, 1, 21));
    expect(measuresOf(hole, { level: 1 }).lossAtRadius).toBeNull();
  });
});

describe("the residual of a quadratic fit", () => {
  it("is 0 for any quadratic on any grid, and what is left of others", () => {
    for (const x of [even(-1, 1, 9), [-3, -1, 0, 0.5, 2, 7]]) {
      const quadratic = sliceOf((s, t) => 2 - s + 3 * t + 4 * s * t - s * s + 0.1 * t * t, x);
      expect(measuresOf(quadratic, { level: 0 }).quadraticResidual).toBeLessThan(1e-24);
    }
    // Legendre: on [−1, 1] the best parabola of x³ is 3x/5, which leaves 1/7 − 3/25 of 1/7.
    const cubic = measuresOf(
      sliceOf((x) => x ** 3, even(-1, 1, 2001), [0]),
      { level: 0 },
    );
    expect(cubic.quadraticResidual).toBeCloseTo((1 / 7 - 3 / 25) * 7, 3);
    expect(
      measuresOf(
        sliceOf(() => 4, even(-1, 1, 5)),
        { level: 0 },
      ).quadraticResidual,
    ).toBe(0);
    expect(measuresOf(sliceOf(bowl, even(-1, 1, 2)), { level: 0 }).quadraticResidual).toBeNull();
  });
});

describe("the curvature at the centre", () => {
  it("is the second derivative for a unit of length, on even and uneven grids", () => {
    const f = (s: number, t: number): number => 1 + 3 * s * s - t * t + s + 0.2 * s * t;
    for (const x of [even(-1, 1, 5), [-1, -0.5, 0, 0.1, 2], [-0.5, 0.25, 1, 3]]) {
      const slice = sliceOf(f, x, even(-1, 1, 3));
      const directions = slice.directions.map((each, k) => ({ ...each, length: [2, 10][k] }));
      const { curvature } = measuresOf({ ...slice, directions }, { level: 1 });
      expect(curvature[0]).toBeCloseTo(6 / 4, 12);
      if (x.includes(0)) expect(curvature[1]).toBeCloseTo(-2 / 100, 12);
      else expect(curvature[1]).toBeNull();
    }
  });
});

describe("the measures", () => {
  it("are plain data, which JSON keeps", () => {
    const measures = measuresOf(sliceOf(bowl, even(-1, 1, 7)), { level: 1 });
    expect(JSON.parse(JSON.stringify(measures))).toEqual(measures);
  });

  it("refuse wrong options and slices", () => {
    const slice = sliceOf(bowl, even(-1, 1, 5));
    const wrong = (options: object) => () => Reflect.apply(measuresOf, undefined, [slice, options]);
    expect(wrong({})).toThrow("measuresOf: level is undefined; it must be a finite number");
    expect(wrong({ level: 1, raduis: 1 })).toThrow("did you mean radius?");
    expect(wrong({ level: 1, radius: 1.5 })).toThrow("radius is 1.5; it must be above 0 and at most 1, the distance");
    expect(() => measuresOf({ ...slice, x: [0, 1] }, { level: 1 })).toThrow("a row for each of its 5 y, of 2 values");
    expect(() => measuresOf({ ...slice, x: [0, 1, 1, 2, 3] }, { level: 1 })).toThrow(
      "x[2] is 1; give finite numbers in ascending",
    );
    expect(() => measuresOf(sliceOf(bowl, [1]), { level: 1 })).toThrow("a grid of one point is no slice");
    expect(() => measuresOf(sliceOf(bowl, [1], [0, 1]), { level: 1 })).toThrow("1 column of 2 rows; it needs 2");
  });

  it("spread over slices: mean, deviation and extremes of each that is known", () => {
    const slices = [1, 2, 3].map((a) =>
      measuresOf(
        sliceOf((s, t) => a * bowl(s, t), even(-1, 1, 41)),
        { level: 0.5 },
      ),
    );
    const spread = new Map(spreadOf(slices).map((each) => [each.measure, each]));
    const basins = slices.map(({ basin }) => basin);
    const mean = basins.reduce((sum, x) => sum + x, 0) / 3;
    expect(spread.get("basin")).toEqual({
      measure: "basin",
      count: 3,
      mean: expect.closeTo(mean, 14),
      deviation: expect.closeTo(Math.sqrt(basins.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2), 14),
      least: basins[2],
      most: basins[0],
    });
    expect(spread.get("nonConvex")).toMatchObject({ mean: 0, deviation: 0, least: 0, most: 0 });
    expect(spreadOf(slices.slice(0, 1))[0].deviation).toBeNull();
    expect(spreadOf([{ ...slices[0], sharpness: null }]).map(({ measure }) => measure)).not.toContain("sharpness");
    expect(spreadOf([])).toEqual([]);
  });
});
