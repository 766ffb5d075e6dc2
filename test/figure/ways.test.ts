import { describe, expect, test } from "vitest";
import { contour, figure, grid, type Mark, marker, panel, surface, toSvg, way } from "../../src/figure/index.ts";
import { rampHex } from "../../src/figure/ramp.ts";

/** Ways and points on a landscape, in space and from above. */

const drawn = (marks: readonly Mark[]): string =>
  toSvg(
    figure({
      ...{ title: "t", description: "d", width: 400, height: 360 },
      panels: [panel({ x: { domain: [0, 1] }, y: { domain: [0, 1] }, marks })],
    }),
    { theme: "light", id: "f" },
  );

/** A ridge 1 high across the middle, seen from the front. */
const ridge = (elevation: number) =>
  surface({
    grid: grid((_, y) => Math.max(0, 1 - 10 * Math.abs(y - 0.5)), { x: [0, 1], y: [0, 1], columns: 41 }),
    ...{ z: { domain: [0, 1] }, levels: [], azimuth: 0, elevation },
  });

/** The paths of a way by their width: rim, way, hidden parts, stems. */
const parts = (svg: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...(/<g class="way">[\s\S]*?<\/g>/.exec(svg)?.[0] ?? "").matchAll(
        /<path d="([^"]*)"[^>]*stroke-width="([^"]*)"/g,
      ),
    ].map(([, d, width]) => [width, d]),
  );

const height = (d: string): number[] => [...d.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));

describe("a way in space", () => {
  const across = way({ x: [0.5, 0.5], y: [0.1, 0.9], z: [0, 0], series: 1 });

  test("is pale where the surface hides it, and goes over it as the surface does", () => {
    const low = parts(drawn([ridge(15), across]));
    expect(Object.keys(low).sort()).toEqual(["1.6", "3", "5.4"]);
    const high = parts(drawn([ridge(85), across]));
    expect(Object.keys(high).sort()).toEqual(["3", "5.4"]);
    // It climbs the ridge from 0.4 on, where a straight line would go through.
    const flat = parts(drawn([ridge(15), way({ x: [0.5, 0.5], y: [0.1, 0.39], z: [0, 0] })]));
    expect(Math.min(...height(low["3"]))).toBeLessThan(Math.min(...height(flat["3"])) - 30);
  });

  test("has a stem to the surface where it leaves it, up or down, and none where it lies on it", () => {
    const lifted = (z: number) => parts(drawn([ridge(60), way({ x: [0.2, 0.8], y: [0.1, 0.1], z: [z, 0] })]));
    expect(lifted(0)["1.1"]).toBeUndefined();
    expect(lifted(0.5)["1.1"].match(/M/g)).toHaveLength(1);
    const [top, foot] = height(lifted(0.5)["1.1"]);
    expect(foot).toBeGreaterThan(top + 20);
  });

  test("ends at the ceiling and at the edge of the surface, and has a gap at a hole", () => {
    const [whole, holed, high, outside] = [
      [0, 0, 0],
      [0, null, 0],
      [0, 3, 0],
      [0, 0, 0],
    ].map((z, k) => parts(drawn([ridge(60), way({ x: [0.2, 0.5, k === 3 ? 2 : 0.8], y: [0.1, 0.1, 0.1], z })]))["3"]);
    expect(whole.match(/M/g)).toHaveLength(1);
    expect(holed).toBeUndefined();
    expect(high.match(/M/g)).toHaveLength(2);
    expect(outside.match(/M/g)).toHaveLength(1);
    const right = (d: string): number => Math.max(...[...d.matchAll(/([\d.]+),/g)].map(([, x]) => Number(x)));
    expect(right(outside)).toBeGreaterThan(right(whole));
  });
});

describe("a way from above", () => {
  const slope = { grid: grid((x) => x, { x: [0, 1], y: [0, 1], columns: 5 }), levels: 3 };
  const mark = way({ x: [0.2, 0.5, 0.8], y: [0.5, 0.5, 0.5], z: [1, 1, 0], series: 1 });

  test("has a rim of paper, its own colour, and in the middle the colours of its heights, not of the ground's", () => {
    const svg = drawn([contour({ ...slope, z: { domain: [0, 1] } }), mark]);
    expect(Object.keys(parts(svg)).sort()).toEqual(["5", "7.4"]);
    const middles = [...svg.matchAll(/<path d="M[^"]*" stroke="(#[0-9a-f]{6})"\/>/g)].map(([, color]) => color);
    expect(middles).toEqual([rampHex(1), rampHex(0.5)]);
  });

  test("has no colours of heights on ground without colours", () => {
    expect(drawn([contour(slope), mark])).not.toContain(rampHex(0.5));
  });

  test("has a height for each point", () => {
    expect(() => way({ y: [1, 2], z: [1] })).toThrow("way: columns of one length are needed");
  });
});

describe("markers in space", () => {
  const at = (svg: string): string[] => [...svg.matchAll(/class="marker" cx="[^"]*" cy="([^"]*)"/g)].map(([, y]) => y);

  test("lie on the surface, or at their heights, pale behind it, and not beside it", () => {
    const dot = (y: number, z?: number) =>
      marker({ x: [0.5], y: [y], shape: "circle", ...(z !== undefined && { z: [z] }) });
    const [ground, lifted] = [dot(0.1), dot(0.1, 1)].map((mark) => Number(at(drawn([ridge(40), mark]))[0]));
    expect(lifted).toBeLessThan(ground - 30);
    const pale = /class="marker"[^>]*fill-opacity="0.4"/;
    expect(drawn([ridge(15), dot(0.8)])).toMatch(pale);
    expect(drawn([ridge(15), dot(0.2)])).not.toMatch(pale);
    expect(at(drawn([ridge(40), dot(2)]))).toEqual([]);
    // The top of the ridge is at the ceiling, which is not above it.
    expect(at(drawn([ridge(40), dot(0.5)]))).toHaveLength(1);
  });

  test("that are open are of paper, with a rim in their colour", () => {
    const svg = drawn([marker({ x: [0.5], y: [0.5], shape: "circle", color: "#ff0000", open: true })]);
    expect(svg).toMatch(/class="marker"[^>]*fill="#ffffff" stroke="#ff0000"/);
  });
});

test("a note stands below the panel's title, broken into lines, and the plot below it", () => {
  const note = "A long note that does not fit into one line of a drawing as narrow as this one is";
  const plotTop = (made: ReturnType<typeof panel>): number => {
    const svg = toSvg(figure({ title: "t", description: "d", width: 240, panels: [made] }), { id: "f" });
    return Number(/class="panel" transform="translate\([^ ]* ([\d.]+)\)/.exec(svg)?.[1]);
  };
  const plain = panel({ title: "p", marks: [] });
  expect(plotTop({ ...plain, note }) - plotTop(plain)).toBe(2 * 17 + 17);
});
