import { describe, expect, test } from "vitest";
import { contour, figure, grid, panel, toSvg } from "../../src/figure/index.ts";
import { rampHex } from "../../src/figure/ramp.ts";
import { labelLines } from "../../src/figure/svg/line-labels.ts";
import type { Spot } from "../../src/figure/svg/place.ts";

const bowl = grid((x, y) => x * x + y * y, { x: [-1, 1], y: [-1, 1], columns: 61 });

const draw = (options: object): string =>
  toSvg(
    figure({
      ...{ title: "t", description: "d", width: 460, height: 460 },
      panels: [panel({ aspect: 1, marks: [contour({ grid: bowl, levels: [0.25, 0.5, 0.75], ...options })] })],
    }),
  );

describe("heights on contour lines", () => {
  test("stand on their line, along it and upright", () => {
    const svg = draw({ labels: true });
    const [width] = [...svg.matchAll(/class="plot" x="-1" y="-1" width="([\d.]+)"/g)].map(
      (found) => Number(found[1]) - 2,
    );
    const labels = [...svg.matchAll(/rotate\((\S+) (\S+) (\S+)\)"[^>]*>(0\.\d+)</g)].map((found) =>
      found.slice(1).map(Number),
    );
    expect(labels.map(([, , , level]) => level)).toEqual([0.25, 0.5, 0.75]);
    for (const [turn, x, y, level] of labels) {
      const [dx, dy] = [x - width / 2, y - width / 2];
      // The chord of a label is a little inside the circle of radius √level.
      expect(Math.hypot(dx, dy) / (width / 2)).toBeCloseTo(Math.sqrt(level), 1);
      const tangent = (Math.atan2(dx, -dy) * 180) / Math.PI;
      expect(Math.abs(Math.sin(((turn - tangent) * Math.PI) / 180))).toBeLessThan(0.1);
      expect(Math.abs(turn)).toBeLessThanOrEqual(90);
    }
  });

  test("are round on a log axis: powers of ten, or 1, 2 and 5 times them", () => {
    const steep = grid((x, y) => 10 ** (2 * (x * x + y * y)), { x: [-1, 1], y: [-1, 1], columns: 61 });
    const written = (levels: readonly number[]): string[] =>
      [...draw({ grid: steep, levels, z: { scale: "log" }, labels: true }).matchAll(/rotate[^>]*>([\d,.]+)</g)].map(
        ([, label]) => label,
      );
    expect(written([1.58, 2, 2.51, 3.16, 3.98, 5, 6.31, 10, 20, 31.6])).toEqual(["2", "5", "10", "20"]);
    expect(written([1, 3.16, 10, 31.6, 100, 316])).toEqual(["10", "100"]);
    expect(written([3.16, 31.6])).toEqual(["3.16", "31.6"]);
  });

  test("are not written where there is no room", () => {
    expect(draw({ labels: false })).not.toContain('class="heights"');
    const zigzag = Array.from({ length: 40 }, (_, k): Spot => [100 + 3 * k, 100 + (k % 2) * 8]);
    const straight = [50, 300].map((x): Spot => [x, 100]);
    const near = [50, 300].map((x): Spot => [x, 104]);
    const titled = (line: readonly Spot[]) => ({ line, text: "0.5" });
    const plot = { width: 400, height: 200 };
    expect(labelLines([titled(zigzag)], plot)).toEqual([]);
    expect(labelLines([titled(straight), titled(near)], plot)).toMatchObject([{ at: [175, 100], turn: 0 }]);
    expect(labelLines([titled(straight)], { width: 400, height: 110 })).toEqual([]);
  });
});

describe("the colours of an upright axis", () => {
  const fills = (svg: string): string[] => [...svg.matchAll(/fill="(#[0-9a-f]{6})" stroke="/g)].map(([, fill]) => fill);

  test("are the ramp's, in the middle between two lines", () => {
    const svg = draw({ z: { domain: [0, 1] } });
    // The corners are at 2, beyond the axis.
    expect(fills(svg)).toEqual([0.125, 0.375, 0.625, (0.75 + 1) / 2].map(rampHex));
    const log = draw({ z: { scale: "log", domain: [0.0625, 1] } });
    expect(fills(log)[1]).toBe(rampHex((0.5 + 0.75) / 2));
  });

  test("leave out what is not known", () => {
    const holed = grid((x, y) => (x > 0.5 && y > 0.5 ? Number.NaN : x + y), { x: [-1, 1], y: [-1, 1], columns: 21 });
    const svg = draw({ grid: holed, levels: [0], z: {} });
    const [ground] = [...svg.matchAll(/<path d="M([^"]*)Z" fill/g)].map(([, d]) => d);
    // Not a whole square: the ground has a notch in its upper right corner.
    expect(ground.split("L").length).toBeGreaterThan(4);
  });
});
