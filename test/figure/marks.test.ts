import { describe, expect, test } from "vitest";
import { entriesOf } from "../../src/figure/entries.ts";
import { type Coordinate, figure, type Mark, panel, toSvg, toTerminal } from "../../src/figure/index.ts";
import { kindOf } from "../../src/figure/kinds.ts";
import type { MarkData } from "../../src/figure/mark.ts";
import { type Scale, scaleOf } from "../../src/figure/scale.ts";
import { drawPart } from "../../src/figure/svg/svg.ts";
import { paintOf } from "../../src/figure/svg/theme.ts";
import { samples } from "./samples.ts";
import { visible } from "./visible.ts";

/** What every mark is held to, on its sample. */
const all: readonly (readonly [string, Mark])[] = Object.entries(samples).map(([kind, { one }]) => [kind, one]);

const drawing = (marks: readonly Mark[], legend: "list" | "none" = "none") =>
  figure({
    title: "t",
    description: "d",
    legend,
    panels: [panel({ x: { domain: [0, 4] }, y: { domain: [0, 4] }, marks })],
  });

const labelled = <M extends MarkData>(mark: M): M & { label: string } => ({ ...mark, label: "name" });

describe.each(all)("%s", (kind, mark) => {
  test("is the name of its function, which carries its kind", () => {
    expect([mark.kind, kindOf(mark).kind]).toEqual([kind, kind]);
  });

  test("draws something as SVG, and nothing where it is not shown", () => {
    const part = (shown: boolean) => drawPart(drawing([mark]), { setting: false, shows: () => shown }, { id: "f" });
    expect(part(true)).toMatch(visible);
    expect(part(false)).not.toMatch(visible);
  });

  test("draws something in a terminal, or is left out there", () => {
    const drawn = toTerminal(drawing([mark])) !== toTerminal(drawing([]));
    expect(drawn).toBe(kindOf(mark).terminal !== null);
  });

  test("is drawn within its extent", () => {
    for (const axis of ["x", "y"] as const) {
      const extent = kindOf(mark)
        .extent(mark, axis, "linear")
        .filter((value) => typeof value === "number");
      const asked = placesAsked(mark, axis);
      // A rule has a place along one axis only.
      if (asked.length === 0) continue;
      expect(Math.min(...asked)).toBeGreaterThanOrEqual(Math.min(...extent));
      expect(Math.max(...asked)).toBeLessThanOrEqual(Math.max(...extent));
    }
    expect([...placesAsked(mark, "x"), ...placesAsked(mark, "y")].length).toBeGreaterThan(0);
  });

  test("survives JSON", () => {
    const before = drawing([labelled(mark)], "list");
    const after: typeof before = JSON.parse(JSON.stringify(before));
    expect(toSvg(after)).toBe(toSvg(before));
    expect(toTerminal(after)).toBe(toTerminal(before));
  });

  test("with a label it has its series, and its place in the legend", () => {
    const { panels } = drawing([labelled(mark)]);
    expect(entriesOf(panels).map(({ label }) => label)).toEqual(["name"]);
    expect(panels[0].marks[0]).toHaveProperty("series", 0);
    const svg = toSvg(drawing([labelled(mark)], "list"));
    expect(svg).toContain('class="series" data-series="name"');
    expect(svg).toContain('class="series entry" data-series="name"');
    expect(toTerminal(drawing([labelled(mark)]))).toContain("name");
  });

  test("the sample in its legend is drawn in the label's colour", () => {
    const sample = kindOf(mark).sample(mark);
    if (sample !== null) expect(sample.svg("#123456", paintOf("light"))).toContain("#123456");
  });
});

test("a figure with a mark that does not exist says which ones do", () => {
  const data = JSON.stringify(drawing([samples.line.one])).replace('"line"', '"lines"');
  expect(() => toSvg(JSON.parse(data))).toThrow('"lines" is not a mark; there are arrow, band,');
});

/** The values along an axis at which a mark is drawn. */
function placesAsked(mark: Mark, axis: "x" | "y"): number[] {
  const asked: Coordinate[] = [];
  const scale = scaleOf({ scale: "linear" }, [0, 4], [0, 100], []);
  const listening: Scale = {
    ...scale,
    at: (value) => {
      asked.push(value);
      return scale.at(value);
    },
  };
  const plot = { x: 0, y: 0, width: 100, height: 100 };
  kindOf(mark).svg(mark, { plot, x: scale, y: scale, [axis]: listening }, paintOf("light"));
  return asked.filter((value) => typeof value === "number");
}
