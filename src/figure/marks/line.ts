import { line as pathOf } from "d3-shape";
import type { Point } from "../axis.ts";
import { type Color, type Dash, dashes, dashOf, type Look, lookForms, lookOf, seriesColor } from "../look.ts";
import { mark } from "../mark.ts";
import { formatNumber } from "../numbers.ts";
import { choice, forms, optional } from "../options.ts";
import { dashLengths } from "../palette.ts";
import { along, isWhole, type Points, pointsForms, pointsOf } from "../points.ts";
import { element, escapeText } from "../svg/element.ts";
import { type Placed, spotOf, spotWithin } from "../svg/place.ts";
import { drawShape, shapeLook } from "../svg/shapes.ts";
import { SWATCH } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { type Place, thin } from "../svg/thin.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, put, stroke } from "../terminal/plot.ts";

/** A polyline with gaps at holes, as data. */
export interface LineMark extends Look {
  readonly kind: "line";
  readonly points: readonly Point[];
  readonly dash?: Dash;
  readonly weight?: Weight;
  /** The run diverged at the last point, which gets a cross. */
  readonly diverged?: boolean;
}

const weights = ["thin", "normal", "bold"] as const;
/** The width of a line: 1, 1.8 or 2.8 pixels; a thin one is half transparent. */
export type Weight = (typeof weights)[number];

/** A curve through points. If its last values are missing, the run diverged: the curve ends with a cross there. */
export const line = mark(build, {
  kind: "line",
  options: {
    ...pointsForms,
    ...lookForms,
    ...{ dash: optional(choice(dashes)), weight: optional(choice(weights)), diverged: optional(forms.flag) },
  },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: ({ points }, axis) => along(points, axis),
  curve: (self) => self,
  sample: (self) => ({ role: "curve", svg: (color, paint) => swatch(dashOf(self), color, paint), sign: (key) => key }),
  svg: (self, placed, paint) => ({ curve: path(self, placed, paint), shape: cross(self, placed, paint) }),
  terminal: { last: false, draw },
});

interface Options extends Look {
  readonly dash?: Dash;
  readonly weight?: Weight;
  /** By default whether the last values are missing. */
  readonly diverged?: boolean;
}

function build(options: Points & Options): LineMark {
  const { dash, weight } = options;
  const all = pointsOf("line", options);
  const points = all.slice(0, all.findLastIndex(isWhole) + 1);
  const diverged = options.diverged ?? points.length < all.length;
  return { kind: "line", points, ...lookOf(options), dash, weight, diverged };
}

/** The last point that is not a hole. */
const lastOf = ({ points }: LineMark): Point | undefined => points.findLast(isWhole);

/** Pixels. */
const widths: Readonly<Record<Weight, number>> = { thin: 1, normal: 1.8, bold: 2.8 };

const toPath = pathOf<Place>(
  (place) => place?.[0] ?? 0,
  (place) => place?.[1] ?? 0,
)
  .defined((place) => place !== null)
  .digits(1);

/** A point between two holes becomes a dot. */
function path(self: LineMark, placed: Placed, paint: Paint): string {
  const places = self.points.map((point) => spotOf(point, placed));
  const { weight = "normal" } = self;
  const color = paint(seriesColor(self));
  const look = {
    stroke: color,
    "stroke-width": widths[weight],
    "stroke-opacity": weight === "thin" ? 0.5 : undefined,
    "stroke-dasharray": dashLengths[dashOf(self)].join(" ") || undefined,
  };
  const d = toPath(thin(places))?.replaceAll(/M[^MLZ]*Z/g, "");
  const dots = places.filter((_, i) => !places[i - 1] && !places[i + 1]).filter((place) => place !== null);
  return [
    d ? element("path", { class: "line", d, fill: "none", "stroke-linejoin": "round", ...look }, titleOf(self)) : "",
    ...dots.map(([cx, cy]) => element("circle", { cx, cy, r: 1.25 * widths[weight], fill: color }, titleOf(self))),
  ].join("");
}

/** The label and the last point, shown when the pointer rests on the curve. */
function titleOf(self: LineMark): string {
  const end = lastOf(self);
  if (self.label === undefined || end === undefined) return "";
  const [x, y] = end.map((value) => (typeof value === "number" ? formatNumber(value) : value));
  const words = self.diverged ? `${self.label}: diverged after ${x}` : `${self.label}: ${y} at ${x}`;
  return element("title", {}, escapeText(words));
}

/** A cross where a run diverged. */
function cross(self: LineMark, placed: Placed, paint: Paint): string {
  const end = self.diverged ? lastOf(self) : undefined;
  const spot = end ? spotWithin(end, placed) : null;
  return spot ? drawShape("times", 8, spot, shapeLook("times", 8, seriesColor(self), paint), "") : "";
}

function swatch(dash: Dash, color: Color, paint: Paint): string {
  const look = { stroke: paint(color), "stroke-width": 2 };
  const dasharray = dashLengths[dash].join(" ") || undefined;
  return element("path", { d: `M0,0H${SWATCH}`, fill: "none", ...look, "stroke-dasharray": dasharray });
}

function draw(self: LineMark, plot: Plot): void {
  const color = ansiOf(seriesColor(self));
  const dots = self.points.map((point) => dotOf(point, plot));
  dots.forEach((to, i) => {
    const from = dots[i - 1] ?? to;
    if (from && to) stroke(plot, from, to, color);
  });
  if (self.diverged) put(plot, dotOf(lastOf(self) ?? [null, null], plot), "×", color);
}
