import type { Point } from "../axis.ts";
import { type Look, lookForms, lookOf, seriesColor } from "../look.ts";
import { mark } from "../mark.ts";
import { along, type Points, pointsForms, pointsOf } from "../points.ts";
import { element } from "../svg/element.ts";
import { type Placed, spotOf } from "../svg/place.ts";
import { areaSample } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, stroke } from "../terminal/plot.ts";
import { DOTS } from "../terminal/screen.ts";

/** Bars from zero (from the edge on a log axis), along the axis that is not the band axis, as data. */
export interface BarMark extends Look {
  readonly kind: "bar";
  readonly points: readonly Point[];
}

/** Bars: one axis of the panel is a band axis, the other gives their lengths. */
export const bar = mark(build, {
  kind: "bar",
  options: { ...pointsForms, ...lookForms },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: true,
  extent: ({ points }, axis, scale) => [...(scale === "linear" ? [0] : []), ...along(points, axis)],
  curve: () => null,
  sample: () => areaSample,
  svg: (self, placed, paint) => ({ surface: drawn(self, placed, paint) }),
  terminal: { last: false, draw },
});

function build(options: Points & Look): BarMark {
  return { kind: "bar", points: pointsOf("bar", options), ...lookOf(options) };
}

/** Pixels across a bar where there is no band to fill. */
const WIDTH = 8;

function drawn(self: BarMark, placed: Placed, paint: Paint): string {
  const { x, y } = placed;
  const bars = self.points.map((point) => {
    const spot = spotOf(point, placed);
    if (spot === null) return "";
    const [left, top] = spot;
    if (y.band > 0) return rectangle(Math.min(left, x.base), top - y.band / 2, Math.abs(left - x.base), y.band);
    const width = x.band || WIDTH;
    return rectangle(left - width / 2, Math.min(top, y.base), width, Math.abs(top - y.base));
  });
  return element("g", { class: "bars", fill: paint(seriesColor(self)) }, ...bars);
}

const rectangle = (x: number, y: number, width: number, height: number): string =>
  element("rect", { x, y, width, height });

/** Whole cells across, so that all bars are equally thick; lengths are in dots. */
function draw(self: BarMark, plot: Plot): void {
  const { x, y } = plot;
  const color = ansiOf(seriesColor(self));
  const sideways = y.band > 0;
  for (const point of self.points) {
    const dot = dotOf(point, plot);
    if (dot === null) continue;
    const across = sideways ? 1 : 0;
    const [first, end] = wholeCells(dot[across], y.band || x.band || DOTS[0], DOTS[across]);
    for (let at = first; at < end; at++)
      if (sideways) stroke(plot, [x.base, at], [dot[0], at], color);
      else stroke(plot, [at, y.base], [at, dot[1]], color);
  }
}

/** The dots of the whole cells about a middle, at least of one. */
function wholeCells(middle: number, width: number, cell: number): readonly [number, number] {
  const count = Math.max(1, Math.round(width / cell));
  const first = Math.floor(middle / cell) - Math.floor((count - 1) / 2);
  return [first * cell, (first + count) * cell];
}
