import { expect, test } from "vitest";
import {
  arrow,
  band,
  cell,
  contour,
  errorBar,
  figure,
  grid,
  line,
  marker,
  panel,
  rule,
  toSvg,
} from "../../src/figure/index.ts";
import { drawPart } from "../../src/figure/svg/svg.ts";
import { examples } from "./examples/index.ts";
import { visible } from "./visible.ts";

const one = (marks: Parameters<typeof panel>[0]["marks"], y: Parameters<typeof panel>[0]["y"] = {}) =>
  figure({ title: "t", description: "d", panels: [panel({ y, marks })] });

test("a screen reader is told the title and the description", () => {
  const svg = toSvg(figure({ title: "A & B", description: "One <falls>.", panels: [panel({ marks: [] })] }), {
    id: "f",
  });
  expect(svg).toContain('role="img" aria-labelledby="f-title" aria-describedby="f-description"');
  expect(svg).toContain('<title id="f-title">A &amp; B</title>');
  expect(svg).toContain('<desc id="f-description">One &lt;falls&gt;.</desc>');
});

test("figures on one page have ids of their own", () => {
  const ids = Object.values(examples).flatMap((make) => toSvg(make()).match(/ id="[^"]+"/g) ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(2 * Object.keys(examples).length);
});

test("automatic colours are variables for light and dark, plain ones are written out", () => {
  const marks = [line({ y: [1, 2], label: "a" })];
  const automatic = toSvg(one(marks));
  expect(automatic).toContain('stroke="var(--figure-0)"');
  expect(automatic).toContain("@media (prefers-color-scheme:dark)");
  for (const theme of ["light", "dark"] as const) expect(toSvg(one(marks), { theme })).not.toMatch(/var\(|<style/);
  expect(toSvg(one(marks), { theme: "inherit" })).toMatch(/var\(/);
  expect(toSvg(one(marks), { theme: "inherit" })).not.toMatch(/<style/);
});

test("a run that diverged ends with a cross, and its label says so", () => {
  const svg = toSvg(one([line({ y: [1, 3, 9, Infinity, Number.NaN], label: "too fast" })]));
  expect(svg).toContain("too fast: diverged after 2");
  expect(svg.match(/class="marker"/g)).toHaveLength(1);
  expect(toSvg(one([line({ y: [1, 3, 9], label: "fine" })]))).not.toContain('class="marker"');
});

test("a hole breaks the line, and a point between two holes is a dot", () => {
  const path = /class="line" d="([^"]*)"/;
  const svg = toSvg(one([line({ y: [1, 2, Number.NaN, 3, Number.NaN, 1, 2] })]));
  expect(path.exec(svg)?.[1].match(/M/g)).toHaveLength(2);
  expect(svg.match(/<circle/g)).toHaveLength(1);
});

test("on a logarithmic axis what is zero or less falls off the lower edge", () => {
  const svg = toSvg(one([line({ y: [1, 0.1, 0, -1] })], { scale: "log" }));
  const heights = [...(/class="line" d="([^"]*)"/.exec(svg)?.[1].matchAll(/,([\d.]+)/g) ?? [])].map((match) =>
    Number(match[1]),
  );
  expect(heights).toHaveLength(4);
  expect(heights[2]).toBeGreaterThan(1000);
});

test("an error bar runs from end to end with a cap at each, and is left out where an end is missing", () => {
  const bars = errorBar({ x: [1, 2, 3], lo: [1, Number.NaN, 2], hi: [3, 3, 4] });
  const [, d] = /class="error-bar" d="([^"]*)"/.exec(toSvg(one([bars], { domain: [0, 4] }))) ?? [];
  const strokes = d
    .slice(1)
    .split("M")
    .map((stroke) => stroke.split("L").map((spot) => spot.split(",").map(Number)));
  const [[low, high], lowCap, highCap] = strokes;
  expect(strokes).toHaveLength(6);
  // Upright, so a cap is level, with its middle at the bar's end.
  expect(low[0]).toBe(high[0]);
  for (const [end, [left, right]] of [
    [low, lowCap],
    [high, highCap],
  ] as const) {
    expect([left[1], right[1]]).toEqual([end[1], end[1]]);
    expect((left[0] + right[0]) / 2).toBeCloseTo(end[0], 6);
  }
  // From 1 to 2 it is half as far as from 1 to 3.
  const [[bottom], , , [other]] = strokes;
  expect(bottom[1] - other[1]).toBeCloseTo((low[1] - high[1]) / 2, 0);
});

test("marks with one label share their look and their place in the legend", () => {
  const marks = [
    line({ y: [1, 2], label: "a" }),
    band({ lo: [0, 1], hi: [2, 3], label: "a" }),
    line({ y: [2, 1], label: "b" }),
  ];
  const svg = toSvg(figure({ title: "t", description: "d", legend: "list", panels: [panel({ marks })] }));
  expect(svg.match(/class="series entry"/g)).toHaveLength(2);
  expect(svg).toContain('class="band" d="M0,');
  expect(svg.match(/var\(--figure-0\)/g)).toHaveLength(3);
});

test("labels stand at the ends of lines where there is room, else in a list", () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => line({ y: [1, i], label: `method ${i}` }));
  const entries = (count: number, width: number) => {
    const svg = toSvg(one(lines(count)), { width });
    return [svg.match(/class="series end"/g)?.length ?? 0, svg.match(/class="series entry"/g)?.length ?? 0];
  };
  expect(entries(16, 720)).toEqual([16, 0]);
  expect(entries(16, 320)).toEqual([0, 16]);
  expect(entries(40, 720)).toEqual([0, 40]);
});

/** Walks over a surface that all end near (2, 2). */
function walks(ends: readonly (readonly [number, number])[], extra: Parameters<typeof panel>[0]["marks"] = []) {
  const ground = contour({ grid: grid((x, y) => x * y, { x: [0, 4], y: [0, 4], columns: 5 }) });
  const lines = ends.map((end, i) => line({ points: [[0, 0], [0.1, 0.1 + 0.1 * i], end], label: `walk ${i}` }));
  const spot = marker({ points: [[2, 2]], label: "goal", shape: "star" });
  const marks = [ground, ...lines, spot, ...extra];
  return figure({ title: "t", description: "d", width: 600, legend: "ends", panels: [panel({ aspect: 1, marks })] });
}

const count = (svg: string, what: string): number => svg.split(`class="series ${what}"`).length - 1;

test("ends that lie together within the plot have their labels in one column, apart from each other", () => {
  const svg = toSvg(
    walks([
      [2, 2],
      [2.02, 2.01],
      [1.98, 2],
      [0.5, 3.5],
    ]),
  );
  const labels = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>walk \d<\/text>/g)].map(([, x, y]) => [+x, +y]);
  const column = labels.filter(([x]) => x > 200);
  expect(labels).toHaveLength(4);
  expect(new Set(column.map(([x]) => x)).size).toBe(1);
  const heights = column.map(([, y]) => y).sort((a, b) => a - b);
  expect(Math.min(heights[1] - heights[0], heights[2] - heights[1])).toBeGreaterThan(14.8);
  // What is no line is in the list.
  expect([count(svg, "end"), count(svg, "entry")]).toEqual([4, 1]);
});

test("labels at ends that would cover a line or find no room give way to a list", () => {
  const ends = [
    [2, 2],
    [2.02, 2.01],
    [1.98, 2],
  ] as const;
  const below = line({
    points: [
      [2.4, 1.9],
      [2.4, 2],
      [2.4, 2.1],
    ],
  });
  for (const svg of [toSvg(walks(ends, [below])), toSvg(walks(ends.map(([x, y]) => [x + 1.7, y])))])
    expect([count(svg, "end"), count(svg, "entry")]).toEqual([0, 4]);
});

test("an arrow with a label has an arrow in the legend", () => {
  const marks = [line({ y: [0, 1], label: "line" }), arrow({ from: [0, 1], to: [1, 0], label: "arrow" })];
  const [, entry] = /data-series="arrow" transform[^>]*>\n([^\n]*)/.exec(toSvg(one(marks))) ?? [];
  // A shaft and a head.
  expect(entry.match(/<path/g)).toHaveLength(2);
});

test("the parts of a figure hold all that the whole does, each once", () => {
  const whole = examples.beale();
  const [first] = whole.panels[0].marks;
  const parts = [
    drawPart(whole, { setting: true, shows: (mark) => mark === first }),
    drawPart(whole, { setting: false, shows: (mark) => mark !== first }),
  ];
  const leaves = (svg: string) => svg.split("\n").filter((text) => text.search(visible) === 0);
  expect(parts.flatMap(leaves).sort()).toEqual(leaves(toSvg(whole)).sort());
});

test("in a narrow drawing panels go below each other", () => {
  const two = examples.batches();
  const tops = (width: number) =>
    [...toSvg(two, { width }).matchAll(/class="panel" transform="translate\(\S+ (\S+)\)/g)].map((match) => match[1]);
  expect(new Set(tops(720)).size).toBe(1);
  expect(new Set(tops(360)).size).toBe(2);
});

test("a bare drawing leaves title and legend to the page", () => {
  const svg = toSvg(examples.batches(), { bare: true });
  expect(svg).not.toContain('class="series entry"');
  expect(svg).not.toMatch(/<text[^>]*>Full batch and mini-batches/);
});

test("options are checked", () => {
  expect(() => toSvg(examples.accuracy(), { width: 0 })).toThrow("toSvg: width is 0; give a positive number");
  // @ts-expect-error: a theme that is none
  expect(() => toSvg(examples.accuracy(), { theme: "sepia" })).toThrow('"sepia"; it can be "auto", "light", "dark"');
});

test("the words of a rule are drawn where its line is", () => {
  expect(toSvg(one([line({ y: [0, 1] }), rule({ y: 0.5, text: "target" })]))).toContain(">target</text>");
  const outside = one([line({ y: [0, 1] }), rule({ y: 5, text: "target" })], { domain: [0, 1] });
  expect(toSvg(outside)).not.toContain(">target</text>");
});

test("slanted names below a plot that is too narrow for all are left out evenly, and the cells keep their places", () => {
  const names = Array.from({ length: 20 }, (_, i) => `a rather long name ${i}`);
  const drawn = (width: number) =>
    toSvg(
      figure({
        ...{ title: "t", description: "d", width },
        panels: [
          panel({
            x: { scale: "band", domain: names },
            marks: [cell({ x: names, y: names.map(() => 1), shares: names.map(() => 1) })],
          }),
        ],
      }),
    );
  const shown = (width: number) => names.filter((name) => drawn(width).includes(`>${name}<`));
  expect(shown(720)).toEqual(names);
  expect(shown(300)).toEqual(names.filter((_, i) => i % 2 === 0));
  expect(drawn(300).match(/<rect [^>]*fill-opacity/g)).toHaveLength(20);
});

test("a panel's title is broken into lines where its panel is too narrow, and the plots of a row stay level", () => {
  const marks = [line({ x: [0, 1], y: [1, 2] })];
  const long = "A title of a panel that has many more words than there is room for beside another";
  const svg = toSvg(
    figure({
      title: "t",
      description: "d",
      width: 600,
      columns: 2,
      panels: [panel({ title: long, marks }), panel({ title: "Short", marks })],
    }),
  );
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);
  expect(texts).not.toContain(long);
  const lines = texts.filter((words) => words.length > 3 && long.includes(words));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(" ")).toBe(long);
  const tops = [...svg.matchAll(/<g class="panel" transform="translate\([\d.]+ ([\d.]+)\)/g)].map(([, top]) => top);
  expect(tops.length).toBe(2);
  expect(new Set(tops).size).toBe(1);
});
