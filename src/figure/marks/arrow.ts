import type { Point } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf } from "../look.ts";
import { mark } from "../mark.ts";
import { forms } from "../options.ts";
import { along, pointOf } from "../points.ts";
import { element } from "../svg/element.ts";
import { type Placed, type Spot, spotOf, written } from "../svg/place.ts";
import { SWATCH } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, put, stroke } from "../terminal/plot.ts";

/** A straight arrow, as data. */
export interface ArrowMark extends Look {
  readonly kind: "arrow";
  readonly from: Point;
  readonly to: Point;
}

/** A straight arrow between two points, in ink where it has no label and no series. */
export const arrow = mark(build, {
  kind: "arrow",
  options: { from: forms.point, to: forms.point, ...lookForms },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: ({ from, to }, axis) => along([from, to], axis),
  curve: () => null,
  sample: () => ({ role: "sign", svg: (color, paint) => paths([0, 0], [SWATCH, 0], paint(color)), sign: () => "→" }),
  svg: (self, placed, paint) => ({ curve: drawn(self, placed, paint) }),
  terminal: { last: false, draw },
});

function build(options: { from: Point; to: Point } & Look): ArrowMark {
  return { kind: "arrow", from: pointOf(options.from), to: pointOf(options.to), ...lookOf(options) };
}

function drawn(self: ArrowMark, placed: Placed, paint: Paint): string {
  const [from, to] = [spotOf(self.from, placed), spotOf(self.to, placed)];
  return from && to ? paths(from, to, paint(colorOf(self))) : "";
}

/** A shaft with a head of 8 pixels at most; nothing where the two ends fall together. */
function paths(from: Spot, to: Spot, color: string): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 0.5) return "";
  const head = Math.min(8, length / 2);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const corner = (side: number) => written([to[0] - head * (ux + side * uy), to[1] - head * (uy - side * ux)]);
  const neck = written([to[0] - head * ux, to[1] - head * uy]);
  return [
    element("path", { d: `M${written(from)}L${neck}`, fill: "none", stroke: color, "stroke-width": 1.8 }),
    element("path", { d: `M${written(to)}L${corner(0.45)}L${corner(-0.45)}Z`, fill: color }),
  ].join("");
}

function draw(self: ArrowMark, plot: Plot): void {
  const [from, to] = [dotOf(self.from, plot), dotOf(self.to, plot)];
  if (from === null || to === null) return;
  const color = ansiOf(colorOf(self));
  stroke(plot, from, to, color);
  // Eight directions, from the right counter-clockwise; rows grow downwards.
  const eighth = Math.round((Math.atan2(from[1] - to[1], to[0] - from[0]) * 4) / Math.PI) & 7;
  put(plot, to, "→↗↑↖←↙↓↘"[eighth], color);
}
