import { describe, expect, test } from "vitest";
import * as figures from "../../src/figure/index.ts";
import { kinds } from "../../src/figure/kinds.ts";

/** For callers without types. */
const call = (builder: unknown, ...given: unknown[]): unknown => Reflect.apply(Object(builder), undefined, given);

const wrong: readonly unknown[] = [
  ...[undefined, null, true, 5, -1, 0, 0.5, 1e300, Number.NaN, Infinity, 1n, "x", "", "14", Symbol("s"), () => 1],
  ...[[], [1], [1, 2, 3], ["a"], [null], [[1]], [[1, 2, 3]], [{}], [{ x: 1, y: 2 }], {}, { length: 2 }, { kind: "x" }],
  ...[new Date(0), new Map(), new Uint8Array(3), new BigInt64Array(2), new DataView(new ArrayBuffer(8)), /x/],
];

const heights = figures.grid((x, y) => x + y, { x: [0, 1], y: [0, 1], columns: 3 });

/** Options that each builder accepts, each option in one of them. */
const marks: Readonly<Record<figures.Mark["kind"], readonly object[]>> = {
  arrow: [{ from: [0, 1], to: [1, 2] }],
  band: [{ x: [0, 1], lo: [0, 1], hi: [1, 2] }],
  bar: [{ x: ["a", "b"], y: [1, 2] }, { points: [["a", 1]] }],
  cell: [
    { x: ["a", "b"], y: ["a", "b"], shares: [0, 1], texts: ["1", "2"], titles: ["a", "b"] },
    { points: [["a", "b"]], shares: [0.5] },
  ],
  contour: [{ grid: heights, levels: 3, spacing: "log", filled: true, z: { scale: "log" }, labels: true }],
  errorBar: [
    { x: [0, 1], lo: [0, 1], hi: [1, 2] },
    { y: [0, 1], lo: [0, 1], hi: [1, 2] },
  ],
  line: [{ x: [1, 2], y: [1, 2], dash: "solid", weight: "bold", diverged: false }, { points: [[0, 1]] }],
  marker: [{ x: [1], y: [1], shape: "star", size: 5, titles: ["a"], open: true, z: [1] }, { points: [[0, 1]] }],
  surface: [{ grid: heights, z: { label: "h" }, levels: 3, azimuth: -40, elevation: 60, relief: 1 }],
  rule: [{ x: 1, text: "a" }, { y: 2 }],
  text: [{ at: [0, 1], text: "a", anchor: "end", shift: [1, 2] }],
  way: [
    { x: [1, 2], y: [1, 2], z: [3, null] },
    { points: [[0, 1]], z: [1] },
  ],
};
const look = { label: "a", series: 1, color: "ink" };

const panel = {
  title: "p",
  note: "n",
  x: { label: "x" },
  y: { scale: "log" },
  aspect: 2,
  marks: [figures.line({ y: [1, 2] })],
};
const figure = {
  ...{ title: "t", description: "d", width: 300, height: 200, columns: 1, legend: "list" },
  panels: [figures.panel({ marks: [] })],
};
const drawn = figures.figure({ title: "t", description: "d", panels: [figures.panel({ marks: [] })] });

interface Door {
  readonly name: string;
  readonly build: (options: unknown) => unknown;
  readonly options: Readonly<Record<string, unknown>>;
  readonly draw: (built: unknown) => unknown;
}

const drawMark = (mark: unknown): unknown =>
  drawFigure(call(figures.figure, { title: "t", description: "d", panels: [call(figures.panel, { marks: [mark] })] }));
const drawPanel = (made: unknown): unknown =>
  drawFigure(call(figures.figure, { title: "t", description: "d", panels: [made] }));
const drawFigure = (made: unknown): unknown => [call(figures.toSvg, made), call(figures.toTerminal, made)];
const drawAxis = (axis: unknown): unknown => drawPanel({ x: axis, y: axis, marks: panel.marks });
const drawGrid = (grid: unknown): unknown => drawMark(call(figures.contour, { grid }));

const door = (name: string, build: Door["build"], options: object, draw: Door["draw"]): Door => ({
  ...{ name, build, draw },
  options: Object.fromEntries(Object.entries(options)),
});

const prose = figures.prose("a");
const page = {
  ...{ title: "t", lead: "l", blocks: [prose], sections: [figures.section("s", [prose])], footer: "f", theme: "dark" },
  program: { script: "1", hash: "sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=" },
};
const drawPage = (blocks: unknown): unknown => call(figures.page, { title: "t", blocks, sections: [] });

/** A block whose arguments are given one after the other: here as options of these names. */
const positional = (name: string, sample: object): Door => {
  const names = Object.keys(sample);
  const build = (given: unknown): unknown => {
    if (typeof given !== "object" || given === null || !Object.keys(given).every((key) => names.includes(key)))
      throw new TypeError(`${name}: option "colour" is not known; not given by name`);
    return call(Reflect.get(figures, name), ...names.map((key) => Reflect.get(given, key)));
  };
  return door(name, build, sample, (block) => drawPage([name === "section" ? prose : block]));
};

const blockDoors: readonly Door[] = [
  positional("section", { title: "t", blocks: [prose] }),
  positional("prose", { first: "a" }),
  positional("chart", { figure: drawn, caption: "c" }),
  positional("live", { figure: drawn, data: { a: 1 }, caption: "c" }),
  positional("code", { text: "a", label: "b" }),
  positional("facts", { pairs: [["a", "b"]] }),
  positional("details", { summary: "s", blocks: [prose] }),
];

const doors: readonly Door[] = [
  ...Object.entries(marks).flatMap(([kind, all]) =>
    all.map((options) =>
      door(
        kind,
        (given) => call(Reflect.get(figures, kind), given),
        { ...options, ...(kind === "contour" || kind === "surface" ? {} : look) },
        drawMark,
      ),
    ),
  ),
  door(
    "axis",
    (given) => call(figures.axis, given),
    { label: "a", scale: "log", domain: [1, 2], ticks: [1], whole: true },
    drawAxis,
  ),
  door("axis", (given) => call(figures.axis, given), { label: "a", scale: "band", domain: ["a", "b"] }, drawAxis),
  door("panel", (given) => call(figures.panel, given), panel, drawPanel),
  door("figure", (given) => call(figures.figure, given), figure, drawFigure),
  door("grid", (given) => call(figures.grid, () => 1, given), { x: [0, 1], y: [0, 1], columns: 3, rows: 4 }, drawGrid),
  door("page", (given) => call(figures.page, given), page, String),
  door(
    "table",
    (given) => call(figures.table, given),
    { caption: "c", columns: ["a"], rows: [[1]] },
    (table) => drawPage([table]),
  ),
  ...blockDoors,
  door(
    "toSvg",
    (given) => call(figures.toSvg, drawn, given),
    { width: 300, theme: "dark", id: "a", bare: true },
    String,
  ),
  door("toTerminal", (given) => call(figures.toTerminal, drawn, given), { width: 60, height: 20, color: true }, String),
];

/** Builds and draws; an error must come from the builder's door, and say whose it is. */
function buildsOrRefuses({ name, build, draw }: Door, options: unknown): "built" | "refused" {
  let built: unknown;
  try {
    built = build(options);
  } catch (error) {
    expect(error).toSatisfy((thrown) => thrown instanceof TypeError || thrown instanceof RangeError);
    expect(String(error)).toMatch(
      new RegExp(`^(Type|Range)Error: (${name}|axis)\\b.*(give|gives?n|needed|can be|known)`, "s"),
    );
    return "refused";
  }
  draw(built);
  return "built";
}

describe.each(doors)("$name %#", (each) => {
  test("takes its sample, which has all its options", () => {
    expect(buildsOrRefuses(each, each.options)).toBe("built");
  });

  test("refuses in its own words what is no options at all", () => {
    for (const given of wrong) if (given !== undefined || !each.name.startsWith("to")) buildsOrRefuses(each, given);
    expect(buildsOrRefuses(each, null)).toBe("refused");
  });

  test.each(Object.keys(each.options))("draws any %s that it takes, and refuses others in its own words", (option) => {
    const results = wrong.map((value) => buildsOrRefuses(each, { ...each.options, [option]: value }));
    expect(results.filter((result) => result === "refused").length).toBeGreaterThan(wrong.length / 3);
  });

  test("refuses an unknown option, as it would be ignored", () => {
    expect(() => each.build({ ...each.options, colour: "ink" })).toThrow('option "colour" is not known');
  });
});

test("each option of each mark is in a sample", () => {
  for (const [kind, { options }] of Object.entries(kinds)) {
    const sampled = doors.filter(({ name }) => name === kind).flatMap(({ options }) => Object.keys(options));
    expect([kind, Object.keys(options).filter((option) => !sampled.includes(option))]).toEqual([kind, []]);
  }
});

test.each(wrong.map((value) => [value] as const))("%s in place of a list or a function is refused", (value) => {
  for (const [name, act] of [
    ["pairs", () => call(figures.pairs, value)],
    ["grid: f", () => call(figures.grid, typeof value === "function" ? 5 : value, { x: [0, 1], y: [0, 1] })],
    ["toSvg: the figure", () => call(figures.toSvg, value)],
    ["toTerminal: the figure", () => call(figures.toTerminal, value)],
    ["formatNumber", () => call(figures.formatNumber, typeof value === "number" ? "5" : value)],
    ["formatNumber", () => call(figures.formatNumber, 1, typeof value === "number" ? 0 : (value ?? null))],
    ["fixed", () => call(figures.fixed, typeof value === "number" ? "5" : value, 2)],
    ["fixed", () => call(figures.fixed, 1, typeof value === "number" ? -1 : value)],
  ] as const)
    try {
      act();
      expect([name, value]).toSatisfy(([, given]) => name === "pairs" && typeof given === "object");
    } catch (error) {
      expect(String(error)).toMatch(new RegExp(`^(Type|Range)Error: ${name}`));
    }
});

test("sizes beyond all use are refused, since ticks and labels would not fit into memory", () => {
  expect(() => call(figures.figure, { ...figure, width: 1e9 })).toThrow(
    "figure: width is 1000000000; give a number from 1 to 100,000",
  );
  expect(() => call(figures.panel, { ...panel, aspect: 1e-9 })).toThrow(
    "panel: aspect is 1e-9; give a number from 0.01 to 100",
  );
  const widest = { ...figure, width: 100_000, height: 100_000 };
  expect(String(call(figures.toSvg, call(figures.figure, widest)))).toContain('width="100000"');
});
