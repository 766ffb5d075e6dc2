import fc from "fast-check";
import { expect, test } from "vitest";
import { dodge } from "../../src/figure/ends.ts";
import { contour, grid } from "../../src/figure/index.ts";
import { isolines } from "../../src/figure/isolines.ts";
import { simplify } from "../../src/figure/svg/simplify.ts";
import { type Place, thin } from "../../src/figure/svg/thin.ts";

const rising = fc
  .array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((a) => a.sort((x, y) => x - y));

test("labels that dodge keep their order, their distance and to their room", () => {
  fc.assert(
    fc.property(rising, (wanted) => {
      const places = dodge(wanted, 15, 0, 300);
      for (const [i, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(300 + 1e-9);
        if (i > 0) expect(place - places[i - 1]).toBeGreaterThanOrEqual(15 - 1e-9);
      }
    }),
  );
});

test("labels move as little as least squares allow", () => {
  expect(dodge([10, 100, 200], 15, 0, 300)).toEqual([10, 100, 200]);
  expect(dodge([100, 100], 10, 0, 300)).toEqual([95, 105]);
  expect(dodge([100, 100, 103], 10, 0, 300)).toEqual([91, 101, 111]);
  expect(dodge([0, 0], 10, 0, 300)).toEqual([0, 10]);
});

test("a crowd of points keeps the outline of each column of pixels", () => {
  const x = fc.double({ min: 0, max: 5, noNaN: true });
  const crowd = fc.array(fc.tuple(x, fc.double({ min: 0, max: 99, noNaN: true })), { maxLength: 200 });
  fc.assert(
    fc.property(crowd, (points) => {
      const sorted: Place[] = points.sort((a, b) => a[0] - b[0]);
      const kept = thin(sorted);
      expect(kept.length).toBeLessThanOrEqual(4 * 6);
      expect([kept[0], kept.at(-1)]).toEqual([sorted[0], sorted.at(-1)]);
      for (let column = 0; column < 6; column++) {
        const heights = (all: readonly Place[]) => all.flatMap((p) => (p && Math.floor(p[0]) === column ? [p[1]] : []));
        expect(Math.max(...heights(kept))).toBe(Math.max(...heights(sorted)));
        expect(Math.min(...heights(kept))).toBe(Math.min(...heights(sorted)));
      }
    }),
  );
});

test("a simplified line passes within a sixth of a pixel of every point left out", () => {
  const circle = Array.from({ length: 400 }, (_, i) => [200 * Math.cos(i / 64), 200 * Math.sin(i / 64)] as const);
  const simple = simplify(circle);
  expect(simple.length).toBeLessThan(circle.length / 3);
  expect([simple[0], simple.at(-1)]).toEqual([circle[0], circle.at(-1)]);
  // Between two kept points of a circle of radius r the chord's sagitta is r − √(r² − c²/4).
  for (let i = 1; i < simple.length; i++) {
    const chord = Math.hypot(simple[i][0] - simple[i - 1][0], simple[i][1] - simple[i - 1][1]);
    expect(200 - Math.sqrt(200 ** 2 - chord ** 2 / 4)).toBeLessThan(1 / 6);
  }
});

test("the contour of a bowl is a circle, to the square of the grid's spacing", () => {
  const bowl = grid((x, y) => x * x + y * y, { x: [-2, 2], y: [-2, 2], columns: 81 });
  const [{ rings }] = isolines(contour({ grid: bowl, levels: [1] }));
  const hole = rings[1];
  expect(rings).toHaveLength(2);
  expect(hole[0]).toEqual(hole.at(-1));
  for (const [x, y] of hole) expect(Math.abs(Math.hypot(x, y) - 1)).toBeLessThan(0.05 ** 2);
});

test("contours that run straight in the logarithm are exact where the surface is exponential", () => {
  const slope = grid((x) => Math.exp(5 * x), { x: [0, 1], y: [0, 1], columns: 5 });
  const values = { ...slope, values: slope.values.map((v) => (v === null ? null : v - 1)) };
  const level = Math.exp(5 * 0.6) - 1;
  const [line] = isolines(contour({ grid: values, levels: [level], spacing: "log" }));
  const [even] = isolines(contour({ grid: values, levels: [level], spacing: "linear" }));
  const left = (ground: typeof line) => Math.min(...ground.rings.flat().map(([x]) => x));
  expect(Math.abs(left(line) - 0.6)).toBeLessThan(0.005);
  expect(Math.abs(left(even) - 0.6)).toBeGreaterThan(0.02);
});

test("nodes without a value are below every level", () => {
  const broken = grid((x) => (x < 0 ? Number.NaN : 1 + x), { x: [-1, 1], y: [0, 1], columns: 9 });
  const [{ rings }] = isolines(contour({ grid: broken, levels: [0.5] }));
  for (const [x] of rings.flat()) expect(x).toBeGreaterThanOrEqual(-0.25);
});
