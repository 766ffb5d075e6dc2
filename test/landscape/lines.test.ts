import { describe, expect, it } from "vitest";
import { barrier, coordinates, lossAlongLine, lossOnPlane, planeThrough } from "../../src/landscape/index.ts";
import { objectiveOf } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";

const valleys = objectiveOf(surfaces.levelValleys); // (x² − 1)² + y²
const bowl = objectiveOf(surfaces.bowl);

describe("the loss along a line", () => {
  it("is the function's own: (x² − 1)² from one valley to the other", async () => {
    const { positions, losses } = await lossAlongLine(valleys, Float64Array.of(-1, 0), Float64Array.of(1, 0), {
      points: 9,
    });
    expect(positions).toEqual(Float64Array.from({ length: 9 }, (_, k) => k / 8));
    for (const [k, t] of positions.entries()) expect(losses[k]).toBeCloseTo(((2 * t - 1) ** 2 - 1) ** 2, 14);
  });

  it("has the ridge between two valleys as its barrier", async () => {
    const line = await lossAlongLine(valleys, Float64Array.of(-1, 0), Float64Array.of(1, 0));
    expect(barrier(line)).toBeCloseTo(1, 14);
  });

  it("is measured above the straight line between ends of different height", async () => {
    // On the line the cost is (x² − 1)²: at the ends 9 and 0, at x = 0 it is 1, where the straight line is at 3.
    const line = await lossAlongLine(valleys, Float64Array.of(-2, 0), Float64Array.of(1, 0), { points: 31 });
    expect(barrier(line)).toBeCloseTo(
      Math.max(...line.positions.map((t) => ((3 * t - 2) ** 2 - 1) ** 2 - 9 * (1 - t))),
      12,
    );
  });

  it("has no barrier where the function is convex", async () => {
    for (const to of [Float64Array.of(3, -1), Float64Array.of(-2, 4), Float64Array.of(0, 0)])
      expect(barrier(await lossAlongLine(bowl, Float64Array.of(-4, 2), to))).toBe(0);
  });

  it("keeps values that are not finite", async () => {
    const cliff = {
      name: "cliff",
      dimension: 1,
      value: (x: Float64Array) => (x[0] > 0.5 ? Number.POSITIVE_INFINITY : 0),
    };
    expect(barrier(await lossAlongLine(cliff, Float64Array.of(0), Float64Array.of(0.6)))).toBeNaN();
    const gap = {
      name: "gap",
      dimension: 1,
      value: (x: Float64Array) => (Math.abs(x[0] - 0.5) < 0.1 ? Number.NaN : 0),
    };
    expect(barrier(await lossAlongLine(gap, Float64Array.of(0), Float64Array.of(1)))).toBeNaN();
  });

  it("refuses ends of another length, and a line of one point", async () => {
    const [a, b] = [Float64Array.of(0, 0), Float64Array.of(1)];
    await expect(lossAlongLine(bowl, a, b)).rejects.toThrow("an end of the line has 1 values; 2 are needed");
    await expect(lossAlongLine(bowl, a, a, { points: 1 })).rejects.toThrow(
      "points is 1; it must be a whole number from 2 to 1,000,001",
    );
  });
});

describe("a plane through three points", () => {
  const points = [Float64Array.of(1, 0, 2), Float64Array.of(3, 1, 2), Float64Array.of(0, 4, -1)];
  const plane = planeThrough(points[0], points[1], points[2]);

  it("keeps distances", () => {
    const flat = points.map((point) => coordinates(plane, point));
    expect(flat[0]).toEqual([0, 0]);
    expect(flat[1][1]).toBeCloseTo(0, 14);
    expect(flat[2][1]).toBeGreaterThan(0);
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      expect(Math.hypot(flat[i][0] - flat[j][0], flat[i][1] - flat[j][1])).toBeCloseTo(
        Math.hypot(...points[i].map((x, k) => x - points[j][k])),
        13,
      );
  });

  it("shows the function as it is at each point", async () => {
    const flat = planeThrough(Float64Array.of(0, 0), Float64Array.of(2, 0), Float64Array.of(1, 3));
    const { x, y, values } = await lossOnPlane(bowl, flat, { x: [-1, 1], y: [0, 3], columns: 5, rows: 4 });
    expect([x, y]).toEqual([
      [-1, -0.5, 0, 0.5, 1],
      [0, 1, 2, 3],
    ]);
    for (const [j, up] of y.entries())
      for (const [i, right] of x.entries())
        expect(values[5 * j + i]).toBeCloseTo(0.5 * (right ** 2 + 10 * up ** 2), 13);
  });

  it("refuses points on one line, and windows without width", async () => {
    expect(() => planeThrough(points[0], points[0], points[2])).toThrow("on one line");
    const between = points[0].map((x, i) => (x + points[1][i]) / 2);
    expect(() => planeThrough(points[0], points[1], between)).toThrow("on one line");
    expect(() => planeThrough(points[0], Float64Array.of(1), points[2])).toThrow("the points have 3, 1 and 3 values");
    const window = { x: [1, 1], y: [0, 1] } as const;
    await expect(lossOnPlane(bowl, plane, window)).rejects.toThrow("the plane's origin has 3 values; 2 are needed");
    const flat = planeThrough(Float64Array.of(0, 0), Float64Array.of(2, 0), Float64Array.of(1, 3));
    await expect(lossOnPlane(bowl, flat, { ...window, columns: 1 })).rejects.toThrow(
      "along x is 1; it must be a whole",
    );
    await expect(lossOnPlane(bowl, flat, window)).rejects.toThrow(
      "x goes from 1 to 1; give two finite numbers, the smaller first",
    );
  });
});
