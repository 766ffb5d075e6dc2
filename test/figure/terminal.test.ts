import { expect, test } from "vitest";
import { arrow, figure, line, marker, panel, toTerminal } from "../../src/figure/index.ts";
import { cells, cellWidth, shorten } from "../../src/figure/terminal/cells.ts";
import { Screen } from "../../src/figure/terminal/screen.ts";
import { examples } from "./examples/index.ts";

const draw = (marks: Parameters<typeof panel>[0]["marks"], color = false) =>
  toTerminal(figure({ title: "t", description: "d", panels: [panel({ marks })] }), { width: 40, height: 8, color });

test("dots are those of the braille patterns in Unicode", () => {
  const screen = new Screen(2, 1);
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [0, 3],
    [2, 1],
  ])
    screen.dot(x, y);
  // U+2800 + dots 1, 4, 7; U+2800 + dot 2.
  expect(screen.toText(false)).toEqual(["⡉⠂"]);
  screen.dot(-1, 0);
  screen.dot(0, 99);
  expect(screen.toText(false)).toEqual(["⡉⠂"]);
});

test("a falling line runs from the upper left to the lower right", () => {
  const rows = draw([line({ y: [1, 0] })])
    .split("\n")
    .filter((row) => row.includes("│") || row.includes("┤"));
  const first = rows.map((row) => row.search(/[⠁-⣿]/));
  expect(first).toEqual([...first].sort((a, b) => a - b));
  expect(new Set(first).size).toBe(rows.length);
});

test("without colour curves have letters, at their ends with their labels", () => {
  const text = draw([line({ y: [0, 1], label: "up" }), line({ y: [1, 0], label: "down" })]);
  expect(text).toMatch(/a up\n/);
  expect(text).toMatch(/b down\n/);
  // Three along the line, one before the label.
  expect(text.match(/a/g)).toHaveLength(4);
  expect(text).not.toContain("\x1b");
});

test("below the plot each label has the sign of what it stands for", () => {
  const text = draw([
    line({ y: [0, 1], label: "line" }),
    arrow({ from: [0, 0], to: [1, 1], label: "arrow" }),
    marker({ points: [[0.5, 0.5]], shape: "triangle-down", label: "spot" }),
  ]);
  expect(text.trimEnd().split("\n").at(-1)).toMatch(/^a line +→ arrow +▼ spot$/);
});

test("colours are written only when asked, and every line ends without one", () => {
  const lines = draw([line({ y: [0, 1] })], true).split("\n");
  expect(lines.some((row) => row.includes("\x1b[38;5;33m"))).toBe(true);
  for (const row of lines) expect(row.lastIndexOf("\x1b[0m")).toBe(row.lastIndexOf("\x1b"));
});

test("a run that diverged ends with a cross", () => {
  expect(draw([line({ y: [1, 2, Number.NaN] })])).toContain("×");
});

test("East Asian letters and pictures take two cells, marks none, control characters are shown as such", () => {
  expect(["a", "漢", "é", "👩‍👩‍👧", "\x1b"].map(cellWidth)).toEqual([1, 2, 1, 2, 1]);
  expect(
    cells("\x1b[31m")
      .map(({ character }) => character)
      .join(""),
  ).toBe("\uFFFD[31m");
  expect([shorten("momentum", 5), shorten("漢字漢字", 5), shorten("ok", 5)]).toEqual(["mome…", "漢字…", "ok"]);
});

test("a screen that is too small for labels at the ends has a list below", () => {
  const text = toTerminal(examples.comparison(), { width: 40, height: 14 });
  expect(text.split("\n").some((row) => /^a gradient descent +b momentum/.test(row))).toBe(true);
});
