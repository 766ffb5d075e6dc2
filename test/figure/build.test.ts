import { expect, test } from "vitest";
import { axis, contour, errorBar, figure, grid, line, marker, pairs, panel, text } from "../../src/figure/index.ts";

test("columns and pairs are the same points", () => {
  const points = [
    [0, 5],
    [1, 6],
  ] as const;
  expect(line({ points }).points).toEqual(points);
  expect(line({ y: [5, 6] }).points).toEqual(points);
  expect(line({ x: new Float32Array([0, 1]), y: Float64Array.of(5, 6) }).points).toEqual(points);
  expect(pairs([0, 5, 1, 6])).toEqual(points);
});

test("what is not finite becomes a hole, and holes at the end a divergence", () => {
  const { points, diverged } = line({ y: [1, Number.NaN, 2, Infinity, -Infinity] });
  expect(points).toEqual([
    [0, 1],
    [1, null],
    [2, 2],
  ]);
  expect(diverged).toBe(true);
  expect(line({ y: [1, 2] }).diverged).toBe(false);
  expect(line({ y: [1, 2], diverged: true }).diverged).toBe(true);
});

test("labels get numbers in the order of appearance, around those that are given", () => {
  const marks = ["a", "b", "c", "a"].map((label) => line({ y: [1], label, series: label === "b" ? 0 : undefined }));
  const { panels } = figure({ title: "t", description: "d", panels: [panel({ marks })] });
  expect(panels[0].marks.map((mark) => mark.kind === "line" && mark.series)).toEqual([1, 0, 2, 1]);
});

test("later changes of the arrays that were given do not reach the figure", () => {
  const y = [1, 2];
  const mark = line({ y });
  y[0] = 9;
  expect(mark.points[0]).toEqual([0, 1]);
});

test("the nodes of a grid include the edges, rows follow each other", () => {
  const { x, y, values } = grid((a, b) => a + 10 * b, { x: [0, 2], y: [0, 1], columns: 3, rows: 2 });
  expect([x, y, values]).toEqual([
    [0, 1, 2],
    [0, 1],
    [0, 1, 2, 10, 11, 12],
  ]);
});

test("log-spaced levels grow by a constant factor above the lowest value", () => {
  const bowl = grid((x, y) => 7 + x * x + y * y, { x: [-1, 1], y: [-1, 1], columns: 41 });
  const { levels } = contour({ grid: bowl, levels: 6, spacing: "log" });
  const ratios = levels.slice(1).map((level, i) => (level - 7) / (levels[i] - 7));
  for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0], 9);
  expect(levels).toHaveLength(6);
  expect(contour({ grid: grid(() => 1, { x: [0, 1], y: [0, 1], columns: 3 }) }).levels).toEqual([]);
});

test.each([
  [() => figure({ title: "t", description: "d", panels: [] }), "no panels"],
  [() => figure({ title: " ", description: "d", panels: [panel({ marks: [] })] }), 'figure: title is " "'],
  [() => figure({ title: "t", description: "d", width: -1, panels: [panel({ marks: [] })] }), "width is -1"],
  [() => line({ x: [1], y: [1, 2] }), "line: columns of one length are needed, not x: 1, y: 2"],
  [
    () => errorBar({ y: [1], lo: [1, 2], hi: [1] }),
    "errorBar: columns of one length are needed, not y: 1, lo: 2, hi: 1",
  ],
  [() => line({ y: [1], series: 1.5 }), "series is 1.5; give a whole number"],
  [() => line({ y: [1], color: "red" }), 'color is "red"; give "#rrggbb" or "ink"'],
  [() => marker({ y: [1], titles: [] }), "points: 1, titles: 0"],
  [() => text({ at: [0, 0], text: "" }), "text is"],
  [() => axis({ domain: [2, 1] }), "domain is [2,1]; give finite numbers, each greater"],
  [() => axis({ scale: "log", domain: [0, 1] }), "0 is not on a log axis"],
  [() => axis({ scale: "log", ticks: [-1, 1] }), "-1 is not on a log axis"],
  [() => pairs([1, 2, 3]), "3 numbers"],
  [() => contour({ grid: { x: [0, 1], y: [0, 1], values: [1] } }), "2 × 2 nodes and 1 values"],
  [() => contour({ grid: { x: [1, 0], y: [0, 1], values: [1, 2, 3, 4] } }), "nodes are [1,0]"],
  [() => contour({ grid: grid(() => 1, { x: [0, 1], y: [0, 1], columns: 2 }), levels: [2, 1] }), "levels is [2,1]"],
  [() => grid(() => 1, { x: [0, 1], y: [0, 1], columns: 1 }), "columns is 1; give a whole number from 2 to 5,000"],
])("misuse %# is refused with what is allowed", (misuse, message) => {
  expect(misuse).toThrow(message);
});
