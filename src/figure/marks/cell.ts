import type { Point } from "../axis.ts";
import { show } from "../check.ts";
import { type Look, lookForms, lookOf, seriesColor } from "../look.ts";
import { mark, type Sample } from "../mark.ts";
import { type Form, forms, optional } from "../options.ts";
import { along, type Points, pointsForms, pointsOf, sameLength } from "../points.ts";
import { element, escapeText } from "../svg/element.ts";
import { sizes, textWidth } from "../svg/measure.ts";
import { type Placed, spotOf } from "../svg/place.ts";
import { SWATCH } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { words } from "../svg/words.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { cellWidth } from "../terminal/cells.ts";
import { dotOf, type Plot, write } from "../terminal/plot.ts";
import { DOTS } from "../terminal/screen.ts";

/** The cells of a matrix, tinted by how much is in them, as data. */
export interface CellMark extends Look {
  readonly kind: "cell";
  readonly points: readonly Point[];
  /** The share of the full tint, from 0 to 1, one for each point. */
  readonly shares: readonly number[];
  /** Words in the cells, such as counts, one for each point. Left out where a cell is too small for them. */
  readonly texts?: readonly string[];
  /** Words shown when the pointer rests on a cell, one for each point. */
  readonly titles?: readonly string[];
}

const shares: Form = (what, value) => {
  if (!(Array.isArray(value) && value.every((share) => typeof share === "number" && share >= 0 && share <= 1)))
    throw new RangeError(`${what} is ${show(value)}; give a list of numbers from 0 to 1`);
};

/** Cells of a matrix, tinted by `shares`: both axes of the panel are band axes. Throws a RangeError for a share outside 0 to 1. */
export const cell = mark(build, {
  kind: "cell",
  options: { ...pointsForms, shares, texts: optional(forms.texts), titles: optional(forms.texts), ...lookForms },
  ground: true,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: ({ points }, axis) => along(points, axis),
  curve: () => null,
  sample: () => sample,
  svg: (self, placed, paint) => ({ surface: tinted(self, placed, paint), shape: worded(self, placed, paint) }),
  terminal: { last: false, draw },
});

type Options = Points &
  Look & {
    readonly shares: readonly number[];
    readonly texts?: readonly string[];
    readonly titles?: readonly string[];
  };

function build(options: Options): CellMark {
  const { shares, texts, titles } = options;
  const points = pointsOf("cell", options);
  sameLength("cell", { points, shares, ...(texts && { texts }), ...(titles && { titles }) });
  return { kind: "cell", points, shares, texts, titles, ...lookOf(options) };
}

/** The opacity of a full cell: on the first four hues ink keeps a contrast of 4.5 : 1, on light and on dark paper. */
const TINT = 0.58;

/** Pixels across a cell where there is no band to fill. */
const WIDTH = 16;

const sizeOf = ({ x, y }: Placed): readonly [width: number, height: number] => [x.step || WIDTH, y.step || WIDTH];

function tinted(self: CellMark, placed: Placed, paint: Paint): string {
  const [width, height] = sizeOf(placed);
  const cells = self.points.map((point, i) => {
    const spot = spotOf(point, placed);
    if (spot === null) return "";
    const at = { x: spot[0] - width / 2 + 0.5, y: spot[1] - height / 2 + 0.5, width: width - 1, height: height - 1 };
    const title = self.titles?.[i];
    const inside = title === undefined ? "" : element("title", {}, escapeText(title));
    return element("rect", { ...at, "fill-opacity": (TINT * self.shares[i]).toFixed(3) }, inside);
  });
  return element("g", { class: "cells", fill: paint(seriesColor(self)) }, ...cells);
}

function worded(self: CellMark, placed: Placed, paint: Paint): string {
  const [width] = sizeOf(placed);
  const { texts = [] } = self;
  const size = sizes.tick;
  if (Math.max(0, ...texts.map((text) => textWidth(text, size))) > width - 2) return "";
  const set = { fill: paint("ink"), "font-size": size, "text-anchor": "middle", "pointer-events": "none" };
  return self.points
    .map((point, i) => {
      const spot = spotOf(point, placed);
      return spot === null || !texts[i] ? "" : words({ x: spot[0], y: spot[1] + 4, ...set }, texts[i]);
    })
    .join("");
}

const sample: Sample = {
  role: "area",
  svg: (color, paint) => {
    const at = { x: 3, y: -5, width: SWATCH - 6, height: 10, "fill-opacity": TINT };
    return element("rect", { ...at, fill: paint(color) });
  },
  sign: () => "■",
};

const SHADES = ["░", "▒", "▓", "█"];

/** The words, or a shade where there are none. */
function draw(self: CellMark, plot: Plot): void {
  const color = ansiOf(seriesColor(self));
  for (const [i, point] of self.points.entries()) {
    const dot = dotOf(point, plot);
    const text = self.texts === undefined ? SHADES[Math.min(3, Math.floor(4 * self.shares[i]))] : self.texts[i];
    if (dot !== null && text !== "") write(plot, [dot[0] - (cellWidth(text) * DOTS[0]) / 2, dot[1]], text, color);
  }
}
