import type { Coordinate } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf } from "../look.ts";
import { mark } from "../mark.ts";
import { forms, optional } from "../options.ts";
import { hole } from "../points.ts";
import { element, round } from "../svg/element.ts";
import type { Placed } from "../svg/place.ts";
import type { Paint } from "../svg/theme.ts";
import { rimmed } from "../svg/words.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { cellWidth } from "../terminal/cells.ts";
import { type Plot, stroke, write } from "../terminal/plot.ts";
import { DOTS } from "../terminal/screen.ts";

/** A straight line across the panel, as data: vertical at an x, or horizontal at a y. */
export interface RuleMark extends Look {
  readonly kind: "rule";
  /** The axis on which `at` lies: "x" for a vertical line, "y" for a horizontal one. */
  readonly axis: "x" | "y";
  /** The line's place along that axis. */
  readonly at: Coordinate;
  /** Words along the line. */
  readonly text?: string;
}

/** A vertical line at `x`, or a horizontal one at `y`, with words along it. */
export const rule = mark(build, {
  kind: "rule",
  options: {
    ...{ x: optional(forms.coordinate), y: optional(forms.coordinate), text: optional(forms.text) },
    ...lookForms,
  },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: (self, axis) => (self.axis === axis ? [self.at] : []),
  curve: () => null,
  sample: () => null,
  svg: (self, placed, paint) => ({ curve: across(self, placed, paint), shape: wordsOf(self, placed, paint) }),
  terminal: { last: false, draw },
});

function build(options: ({ x: Coordinate } | { y: Coordinate }) & { text?: string } & Look): RuleMark {
  const { x, y, text }: { x?: Coordinate; y?: Coordinate; text?: string } = options;
  if ((x === undefined) === (y === undefined))
    throw new TypeError("rule: give x for a vertical line, or y for a horizontal one");
  const axis = x === undefined ? "y" : "x";
  return { kind: "rule", axis, at: hole(x === undefined ? y : x), text, ...lookOf(options) };
}

function across({ axis, at, ...look }: RuleMark, placed: Placed, paint: Paint): string {
  const place = placed[axis].at(at);
  if (place === null) return "";
  const { width, height } = placed.plot;
  const d = axis === "x" ? `M${round(place)},0V${round(height)}` : `M0,${round(place)}H${round(width)}`;
  const stroke = paint(colorOf(look, "muted"));
  return element("path", { class: "rule", d, fill: "none", stroke, "stroke-dasharray": "4 3" });
}

/** Beside the upper end, or above the right end. */
function wordsOf({ axis, at, text, ...look }: RuleMark, placed: Placed, paint: Paint): string {
  const place = placed[axis].at(at);
  const { width, height } = placed.plot;
  if (place === null || place < 0 || place > (axis === "x" ? width : height) || !text) return "";
  const color = colorOf(look, "muted");
  if (axis === "y") return rimmed(text, [width - 2, place - 5], "end", color, paint);
  const left = place > width / 2;
  return rimmed(text, [place + (left ? -5 : 5), 11], left ? "end" : "start", color, paint);
}

function draw({ axis, at, text, ...look }: RuleMark, plot: Plot): void {
  const place = plot[axis].at(at);
  if (place === null) return;
  const color = ansiOf(colorOf(look, "muted"));
  if (axis === "x") stroke(plot, [place, 0], [place, plot.height], color, 2);
  else stroke(plot, [0, place], [plot.width, place], color, 2);
  if (!text) return;
  const room = cellWidth(text) * DOTS[0];
  write(plot, axis === "x" ? [place + 3, 0] : [plot.width - room, place - DOTS[1]], text, color);
}
