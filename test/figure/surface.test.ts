import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figure, type Grid, grid, panel, surface, toSvg } from "../../src/figure/index.ts";
import { imager } from "../../src/figure/node/index.ts";
import { rampAt, rampHex } from "../../src/figure/ramp.ts";
import { scaleOf } from "../../src/figure/scale.ts";
import { cameraAt } from "../../src/figure/surface/camera.ts";
import { cutOff } from "../../src/figure/surface/facets.ts";
import { heightAt, lightOf, monotoneCubic, nodesDrawn, refine } from "../../src/figure/surface/index.ts";
import { outward } from "../../src/figure/surface/outline.ts";
import { type Scene, sceneOf } from "../../src/figure/surface/scene.ts";
import { isSeen } from "../../src/figure/surface/sight.ts";
import { tintOf } from "../../src/figure/surface/tint.ts";
import { sizes, textWidth } from "../../src/figure/svg/measure.ts";
import { difference, eyes, linear, oklab, times } from "./eyes.ts";

const golden = new URL("../goldens/figure/monotone-cubic.json", import.meta.url);

interface Case {
  readonly nodes: readonly number[];
  readonly values: readonly (number | null)[];
  readonly places: readonly number[];
  readonly result: readonly (number | null)[];
}

const whole = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);

describe("the monotone cubic", () => {
  const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(golden, "utf8"));

  test.each(cases.map((each) => [each] as const))("is SciPy's, case %#", ({ nodes, values, places, result }) => {
    const found = monotoneCubic(nodes, whole(values), places);
    result.forEach((expected, k) => {
      if (expected === null) expect(found[k]).toBeNaN();
      else expect(found[k]).toBeCloseTo(expected, 12);
    });
  });

  test("never leaves the range of its neighbours", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 9 }), (values) => {
        const nodes = values.map((_, k) => k);
        const places = Array.from({ length: 7 * (values.length - 1) }, (_, k) => k / 7);
        monotoneCubic(nodes, values, places).forEach((height, k) => {
          const near = [values[Math.floor(places[k])], values[Math.floor(places[k]) + 1]];
          expect(height).toBeGreaterThanOrEqual(Math.min(...near) - 1e-12);
          expect(height).toBeLessThanOrEqual(Math.max(...near) + 1e-12);
        });
      }),
    );
  });
});

describe("a refined surface", () => {
  test("has the measured nodes among its own, and a hole only beside the one that is missing", () => {
    const x = [-1, -0.5, 0, 0.5, 1];
    const values = x.flatMap((b) => x.map((a) => (a === 0.5 && b === 0 ? Number.NaN : a * b + Math.sin(3 * a))));
    const field = refine({ x, y: x, values }, 17, 17);
    values.forEach((value, at) => {
      const [column, row] = [4 * (at % 5), 4 * Math.floor(at / 5)];
      if (Number.isNaN(value)) expect(field.heights[row * 17 + column]).toBeNaN();
      else expect(field.heights[row * 17 + column]).toBeCloseTo(value, 12);
    });
    const isHole = (at: number): boolean => Math.abs((at % 17) - 12) < 4 && Math.abs(Math.floor(at / 17) - 8) < 4;
    field.heights.forEach((height, at) => void expect(Number.isNaN(height)).toBe(isHole(at)));
  });

  test("is as fine as is asked, and coarser than what was measured if that is finer", () => {
    expect(nodesDrawn(51, 112)).toBe(101);
    expect(nodesDrawn(3, 112)).toBe(17);
    expect(nodesDrawn(251, 112)).toBe(113);
  });

  test("between its nodes it is bilinear, and nothing beyond", () => {
    const field = { columns: 2, rows: 2, heights: Float64Array.of(0, 1, 2, 5) };
    expect(heightAt(field, 0.5, 0.5)).toBe(2);
    expect(heightAt(field, 1, 1)).toBe(5);
    expect(heightAt(field, 1.01, 0)).toBeNaN();
    const holed = { columns: 3, rows: 2, heights: Float64Array.of(0, 1, Number.NaN, 2, 5, Number.NaN) };
    expect([heightAt(holed, 1, 0.5), heightAt(holed, 1.1, 0)]).toEqual([3, Number.NaN]);
  });
});

describe("light", () => {
  const size = 41;
  const fieldOf = (f: (x: number, y: number) => number) => ({
    ...{ columns: size, rows: size },
    heights: Float64Array.from({ length: size ** 2 }, (_, at) =>
      f((at % size) / (size - 1), Math.floor(at / size) / (size - 1)),
    ),
  });
  const sun = [-Math.SQRT1_2, 0, Math.SQRT1_2] as const;
  const at = (x: number, y: number): number => Math.round(y * (size - 1)) * size + Math.round(x * (size - 1));

  test("falls on a plain in full, and on a slope by the cosine of its angle (Lambert)", () => {
    const plain = lightOf(
      fieldOf(() => 0.5),
      0.5,
      sun,
    );
    expect(plain.sky[at(0.5, 0.5)]).toBeCloseTo(1, 6);
    expect(plain.sun[at(0.5, 0.5)]).toBeCloseTo(Math.SQRT1_2, 6);
    // A slope of 45° that faces the sun, and one of 45° across.
    expect(
      lightOf(
        fieldOf((x) => x),
        1,
        sun,
      ).sun[at(0.5, 0.5)],
    ).toBeCloseTo(1, 6);
    expect(
      lightOf(
        fieldOf((_, y) => y),
        1,
        sun,
      ).sun[at(0.5, 0.5)],
    ).toBeCloseTo(0.5, 6);
  });

  test("leaves a wall's far side in shadow, as far as the sun's height says", () => {
    const wall = lightOf(
      fieldOf((x) => (Math.abs(x - 0.5) < 0.03 ? 1 : 0)),
      0.2,
      sun,
    );
    expect(wall.sun[at(0.6, 0.5)]).toBe(0);
    expect(wall.sun[at(0.9, 0.5)]).toBeCloseTo(Math.SQRT1_2, 3);
    expect(wall.sun[at(0.2, 0.5)]).toBeCloseTo(Math.SQRT1_2, 3);
  });

  test("is the same on a slope up to where it is cut off, and beside a hole", () => {
    const slope = fieldOf((x, y) => (x === 0.5 && y === 0.5 ? Number.NaN : 2 * x));
    const { sun: light } = lightOf(slope, 0.5, sun);
    for (const x of [0.2, 0.475, 0.5]) expect(light[at(x, 0.25)]).toBeCloseTo(light[at(0.3, 0.25)], 6);
    for (const x of [0.45, 0.475]) expect(light[at(x, 0.5)]).toBeCloseTo(light[at(0.3, 0.25)], 6);
  });

  test("fades over a wide part of a floor: the shadow of a straight wall has no edge", () => {
    const low = [-Math.cos(0.6), 0, Math.sin(0.6)] as const;
    const { sun: light } = lightOf(
      fieldOf((x) => (x < 0.1 ? 1 : 0)),
      0.3,
      low,
    );
    const floor = Array.from({ length: 30 }, (_, k) => light[at(0.2 + k / 40, 0.5)]);
    expect([floor[0], floor[29]].map((each) => Math.round(100 * each))).toEqual([0, Math.round(100 * Math.sin(0.6))]);
    const steps = floor.slice(1).map((each, k) => each - floor[k]);
    expect(Math.max(...steps)).toBeLessThan(Math.sin(0.6) / 6);
  });

  test("of the sky hardly reaches the bottom of a chasm", () => {
    const chasm = lightOf(
      fieldOf((x) => (Math.abs(x - 0.5) < 0.03 ? 0 : 1)),
      0.5,
      sun,
    );
    expect(chasm.sky[at(0.5, 0.5)]).toBeLessThan(0.3);
    expect(chasm.sky[at(0.1, 0.5)]).toBe(1);
  });
});

const plot = { x: 0, y: 0, width: 600, height: 400 };

function scene(f: (x: number, y: number) => number, elevation: number, ceiling = 1): Scene {
  const heights: Grid = grid(f, { x: [0, 1], y: [0, 1], columns: 41 });
  const { z, view, relief } = surface({
    grid: heights,
    z: { domain: [0, ceiling] },
    azimuth: 0,
    elevation,
    relief: 0.5,
  });
  const placed = {
    plot,
    x: scaleOf({ scale: "linear" }, [0, 1], [0, 600], []),
    y: scaleOf({ scale: "linear" }, [0, 1], [400, 0], []),
  };
  const made = sceneOf({ grid: heights, z, view, relief }, placed);
  if (made === null) throw new Error("there is no scene");
  return made;
}

describe("what is seen", () => {
  const ridge = (_: number, y: number): number => Math.max(0, 1 - 20 * Math.abs(y - 0.5));

  test("from low down a ridge hides the plain behind it, from high up it does not", () => {
    for (const [elevation, seen] of [
      [15, false],
      [80, true],
    ] as const) {
      const made = scene(ridge, elevation);
      const place = (y: number) => made.place((made.field.columns - 1) / 2, y * (made.field.rows - 1), 0);
      expect(isSeen(made, place(0.7))).toBe(seen);
      expect(isSeen(made, place(0.2))).toBe(true);
    }
  });

  test("the eye is where the angles say, and sees the nearer of two equal lengths larger", () => {
    const { eye, show } = cameraAt({ azimuth: 90, elevation: 30 }, 0.4);
    expect(Math.atan2(eye[2] - 0.2, Math.hypot(eye[0], eye[1]))).toBeCloseTo(Math.PI / 6, 12);
    expect([eye[0] > 0, Math.abs(eye[1]) < 1e-12]).toEqual([true, true]);
    const width = (x: number): number => Math.abs(show([x, 0.5, 0])[0] - show([x, -0.5, 0])[0]);
    expect(width(0.5)).toBeGreaterThan(1.2 * width(-0.5));
    expect(show([0, 0, 0.2])).toEqual([0, -0]);
  });
});

describe("facets", () => {
  test("are cut along the ceiling, and those below the floor lie on it", () => {
    expect(
      cutOff([
        [0, 0, 0.5],
        [1, 0, 0.5],
        [1, 1, 1.5],
        [0, 1, 1.5],
      ]),
    ).toEqual([
      [0, 0.5, 1],
      [0, 0, 0.5],
      [1, 0, 0.5],
      [1, 0.5, 1],
    ]);
    expect(
      cutOff([
        [0, 0, 2],
        [1, 0, 2],
        [1, 1, 3],
        [0, 1, 2],
      ]),
    ).toEqual([]);
    expect(
      cutOff([
        [0, 0, -1],
        [1, 0, 0],
        [1, 1, 0.5],
      ])[0],
    ).toEqual([0, 0, 0]);
  });

  const draw = (f: (x: number, y: number) => number, ceiling: number, elevation: number, width = 320): string => {
    const heights = grid(f, { x: [0, 1], y: [0, 1], columns: 25 });
    const mark = surface({ grid: heights, z: { domain: [0, ceiling] }, levels: [], elevation });
    return toSvg(
      figure({ title: "t", description: "d", width, height: width - 20, panels: [panel({ marks: [mark] })] }),
    );
  };
  const facets = (svg: string): number => svg.match(/<path fill=/g)?.length ?? 0;

  test("there is one for each part of the surface, none above the ceiling, in a hole, or out of sight", () => {
    const all = facets(draw(() => 0.5, 1, 35));
    expect(all).toBe(48 ** 2);
    const cone = (x: number, y: number): number => 1 - 2 * Math.hypot(x - 0.5, y - 0.5);
    const cut = facets(draw(cone, 0.5, 89)) / all;
    // Above half the height is a disc with a quarter of the width as its radius.
    expect(1 - cut).toBeGreaterThan(0.85 * Math.PI * 0.25 ** 2);
    expect(1 - cut).toBeLessThan(Math.PI * 0.25 ** 2);
    const holed = facets(draw((x, y) => (x > 0.45 && x < 0.55 && y > 0.45 && y < 0.55 ? Number.NaN : 0.5), 1, 35));
    expect(all - holed).toBe(2 * 4 * 2 * 4);
    const wall = (_: number, y: number): number => (y > 0.45 && y < 0.55 ? 1 : 0);
    expect(facets(draw(wall, 1, 10))).toBeLessThan(0.8 * all);
  });

  test("are divided where it is steep, and not where it is even", () => {
    const slope = (steepness: number) => (x: number) => 0.5 + 0.5 * Math.tanh(steepness * (x - 0.5));
    const steep = facets(draw(slope(6), 1, 60, 620)) / facets(draw(slope(0.2), 1, 60, 620));
    expect(steep).toBeGreaterThan(1.04);
    expect(steep).toBeLessThan(2.5);
  });

  test("overlap by moving their edges outward, so that edges in one line stay in one line", () => {
    const square = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ] as const;
    const wider = [
      [-1, -1],
      [5, -1],
      [5, 5],
      [-1, 5],
    ];
    expect(outward(square, 1)).toEqual(wider);
    expect(outward(square.toReversed(), 1)).toEqual(wider.toReversed());
    // Both lie on one line, y = 0 above: so do their moved edges.
    const slanted = outward([...square.slice(0, 2), [5, 4], [1, 4]], 0.5);
    expect(slanted[0][1]).toBeCloseTo(-0.5, 12);
    expect(slanted[1][1]).toBeCloseTo(-0.5, 12);
    // A sharp corner goes no farther than twice as far.
    const needle = outward(
      [
        [0, 0],
        [100, 1],
        [100, -1],
      ],
      1,
    );
    expect(Math.hypot(...needle[0])).toBeLessThanOrEqual(2 + 1e-9);
  });

  test("seen from below are paler and cooler than from above: not taken for the slope behind", () => {
    const field = { columns: 2, rows: 2, heights: Float64Array.of(0.9, 0.9, 0.9, 0.9) };
    const tint = tintOf(field, lightOf(field, 0.5, [0, 0, 1]));
    const [above, below] = [true, false].map((side) => tint([0, 0, 0.9], side));
    const yellow = ([red, green, blue]: readonly number[]): number => (red + green) / 2 / blue;
    expect(yellow(below)).toBeLessThan(0.6 * yellow(above));
    expect(Math.max(...below)).toBeLessThan(0.6 * Math.max(...above));
  });

  test("are brighter in the sun than in the shadow, and higher ones are lighter", () => {
    const colors = [...draw((x) => x, 1, 60).matchAll(/<path fill="(#[0-9a-f]{6})"/g)].map(([, color]) => color);
    const lightness = colors.map((color) => oklab(linear(color))[0]);
    expect(Math.max(...lightness) - Math.min(...lightness)).toBeGreaterThan(0.3);
  });
});

test("there is room for long numbers beside the upright axis", () => {
  // Where the box is as wide as the plot allows, its left corner is at the end of the room.
  const left = (top: number): number => {
    const z = { domain: [0, top] as const };
    const heights = grid((x, y) => (top * (x + y)) / 2, { x: [0, 1], y: [0, 1], columns: 5 });
    const { view, relief, ...mark } = surface({ grid: heights, z, azimuth: 0 });
    const placed = {
      plot: { x: 0, y: 0, width: 300, height: 600 },
      x: scaleOf({ scale: "linear" }, [0, 1], [0, 300], []),
      y: scaleOf({ scale: "linear" }, [0, 1], [600, 0], []),
    };
    const made = sceneOf({ grid: heights, z: mark.z, view, relief }, placed);
    return Math.min(...[0, relief].map((height) => made?.spot([-0.5, -0.5, height])[0] ?? 0));
  };
  expect(left(2)).toBeCloseTo(46, 6);
  expect(left(2e6)).toBeGreaterThan(7 + textWidth("2,000,000", sizes.tick));
});

test("a PNG has the facets in their colours", async () => {
  const heights = grid((x, y) => x + y, { x: [0, 1], y: [0, 1], columns: 5 });
  const mark = surface({ grid: heights, levels: [], elevation: 70 });
  const drawing = figure({ title: "t", description: "d", width: 300, height: 300, panels: [panel({ marks: [mark] })] });
  const { width, height, pixels } = (await imager({ scale: 1 }))(drawing);
  const at = 4 * (Math.round(height * 0.6) * width + Math.round(width / 2));
  const [red, green, blue] = pixels.slice(at, at + 3);
  // Half-way up: red on the ramp, and in the light.
  expect(red).toBeGreaterThan(green + 60);
  expect(red).toBeGreaterThan(blue + 20);
});

describe("the ramp of colours", () => {
  const steps = Array.from({ length: 33 }, (_, k) => rampHex(k / 32));

  test.each(Object.keys(eyes))("gets lighter evenly to %s eyes", (eye) => {
    const lightness = steps.map((color) => oklab(times(eyes[eye], linear(color)))[0]);
    const rises = lightness.slice(1).map((l, k) => l - lightness[k]);
    expect(Math.min(...rises)).toBeGreaterThan(0.008);
  });

  test("equal steps look equal", () => {
    const seen = steps.slice(1).map((color, k) => difference(color, steps[k], eyes.normal));
    expect(Math.max(...seen) / Math.min(...seen)).toBeLessThan(1.6);
  });

  test("needs no colour that screens lack, and has ends", () => {
    expect([rampAt(-1), rampAt(2)]).toEqual([rampAt(0), rampAt(1)]);
    for (let t = 0; t <= 1; t += 1 / 64) for (const c of rampAt(t)) expect(c).toBeLessThanOrEqual(255);
    expect(steps.every((color) => oklab(linear(color))[0] > 0.2)).toBe(true);
  });
});
