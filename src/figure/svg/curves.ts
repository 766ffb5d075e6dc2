import { area, line } from "d3-shape";
import type { ArrowMark, BandMark, LineMark, Point, RuleMark, Weight } from "../description.ts";
import { lastPoint } from "../ends.ts";
import { escapeText } from "../escape.ts";
import { formatNumber } from "../numbers.ts";
import { colorOf, dashLengths } from "../palette.ts";
import type { Scale } from "../scale.ts";
import { lineDash, seriesColor } from "../series.ts";
import { arrowPaths } from "./arrow.ts";
import { element, round } from "./element.ts";
import type { PlacedPanel } from "./panel.ts";
import type { Paint } from "./theme.ts";
import { type Place, thin } from "./thin.ts";

const strokes: Readonly<Record<Weight, number>> = { thin: 1, normal: 1.8, bold: 2.8 };

const path = line<Place>(
  (place) => place?.[0] ?? 0,
  (place) => place?.[1] ?? 0,
)
  .defined((place) => place !== null)
  .digits(1);

/** A line; a point between two holes becomes a dot. */
export function drawLine(mark: LineMark, { x, y }: PlacedPanel, paint: Paint): string {
  const places = mark.points.map((point) => placeOf(point, x, y));
  const { weight = "normal" } = mark;
  const color = paint(seriesColor(mark));
  const stroke = {
    stroke: color,
    "stroke-width": strokes[weight],
    "stroke-opacity": weight === "thin" ? 0.5 : undefined,
    "stroke-dasharray": dashLengths[lineDash(mark)].join(" ") || undefined,
  };
  const d = path(thin(places))?.replaceAll(/M[^MLZ]*Z/g, "");
  const dots = places.filter((_, i) => !places[i - 1] && !places[i + 1]).filter((place) => place !== null);
  return [
    d ? element("path", { class: "line", d, fill: "none", "stroke-linejoin": "round", ...stroke }, titleOf(mark)) : "",
    ...dots.map(([cx, cy]) => element("circle", { cx, cy, r: 1.25 * strokes[weight], fill: color }, titleOf(mark))),
  ].join("");
}

/** What a curve is and where it ends, for whoever rests the pointer on it. */
function titleOf(mark: LineMark): string {
  const end = lastPoint(mark);
  if (mark.label === undefined || end === undefined) return "";
  const [x, y] = end.map((value) => (typeof value === "number" ? formatNumber(value) : value));
  const words = mark.diverged ? `${mark.label}: diverged after ${x}` : `${mark.label}: ${y} at ${x}`;
  return element("title", {}, escapeText(words));
}

export function drawBand(mark: BandMark, { x, y }: PlacedPanel, paint: Paint): string {
  const places = mark.points.map(([at, lo, hi]) => ({ at: x.at(at), lo: y.at(lo), hi: y.at(hi) }));
  const shape = area<(typeof places)[number]>()
    .x(({ at }) => at ?? 0)
    .y0(({ lo }) => lo ?? 0)
    .y1(({ hi }) => hi ?? 0)
    .defined(({ at, lo, hi }) => at !== null && lo !== null && hi !== null)
    .digits(1);
  const d = shape(places);
  return d ? element("path", { class: "band", d, fill: paint(seriesColor(mark)), "fill-opacity": "0.16" }) : "";
}

export function drawRule(mark: RuleMark, { plot, x, y }: PlacedPanel, paint: Paint): string {
  const at = (mark.axis === "x" ? x : y).at(mark.at);
  if (at === null) return "";
  const d = mark.axis === "x" ? `M${round(at)},0V${round(plot.height)}` : `M0,${round(at)}H${round(plot.width)}`;
  return element("path", {
    class: "rule",
    d,
    fill: "none",
    stroke: paint(colorOf(mark, "muted")),
    "stroke-dasharray": "4 3",
  });
}

/** An arrow of the panel; nothing where the two ends fall together. */
export function drawArrow(mark: ArrowMark, { x, y }: PlacedPanel, paint: Paint): string {
  const [from, to] = [placeOf(mark.from, x, y), placeOf(mark.to, x, y)];
  return from && to ? arrowPaths(from, to, paint(colorOf(mark))) : "";
}

export function placeOf([px, py]: Point, x: Scale, y: Scale): Place {
  const [left, top] = [x.at(px), y.at(py)];
  return left === null || top === null ? null : [left, top];
}
