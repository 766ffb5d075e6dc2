import type { BarMark, ContourMark } from "../description.ts";
import { type Corner, isolines } from "../isolines.ts";
import { seriesColor } from "../series.ts";
import { element, round } from "./element.ts";
import type { PlacedPanel } from "./panel.ts";
import { simplify } from "./simplify.ts";
import type { Paint } from "./theme.ts";

/** How much of the tint the highest ground takes; each level adds its share of it. */
const TINT = 0.62;

/** Each level's ground is laid over the lower ones: the higher, the more tinted, on light and on dark paper. */
export function drawContour(mark: ContourMark, { x, y }: PlacedPanel, paint: Paint): string {
  const opacity = 1 - (1 - TINT) ** (1 / mark.levels.length);
  const look = {
    class: "ground",
    fill: mark.filled ? paint("ground") : "none",
    "fill-opacity": opacity.toFixed(4),
    "fill-rule": "evenodd",
    stroke: paint("ink"),
    "stroke-opacity": "0.2",
    "stroke-width": 0.7,
  };
  const ring = (corners: readonly Corner[]) => simplify(corners.map(([cx, cy]) => [x.at(cx) ?? 0, y.at(cy) ?? 0]));
  const paths = isolines(mark).map(({ rings }) =>
    rings.map((corners) => `M${ring(corners).map(spot).join("L")}Z`).join(""),
  );
  return element("g", look, ...paths.filter((d) => d !== "").map((d) => element("path", { d })));
}

const spot = ([x, y]: readonly [number, number]): string => `${round(x)},${round(y)}`;

export function drawBars(mark: BarMark, { x, y }: PlacedPanel, paint: Paint): string {
  const sideways = y.band > 0;
  const bars = mark.points.map((point) => {
    const [left, top] = [x.at(point[0]), y.at(point[1])];
    if (left === null || top === null) return "";
    if (sideways) return rectangle(Math.min(left, x.base), top - y.band / 2, Math.abs(left - x.base), y.band);
    const width = x.band || 8;
    return rectangle(left - width / 2, Math.min(top, y.base), width, Math.abs(top - y.base));
  });
  return element("g", { class: "bars", fill: paint(seriesColor(mark)) }, ...bars);
}

const rectangle = (x: number, y: number, width: number, height: number): string =>
  element("rect", { x, y, width, height });
