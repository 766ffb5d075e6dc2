import type { Point } from "../axis.ts";
import { type Color, type Look, lookForms, lookOf, seriesColor } from "../look.ts";
import { mark } from "../mark.ts";
import { forms } from "../options.ts";
import { along, numbersOf, type Points, pointsForms, pointsOf, sameLength, type Values } from "../points.ts";
import { element } from "../svg/element.ts";
import { SWATCH } from "../svg/swatch.ts";
import { drawAbove, drawInSpace } from "../svg/ways.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, stroke } from "../terminal/plot.ts";

/** A way through a landscape, as data. */
export interface WayMark extends Look {
  readonly kind: "way";
  readonly points: readonly Point[];
  /** The height at each point, on the landscape's axis of heights; null where there is none. */
  readonly z: readonly (number | null)[];
}

/**
 * A way through a landscape, set off from it by a rim of paper. Over a `surface` it goes at the heights `z`, paler where it is hidden,
 * with a stem down to the surface, or up, where it leaves it. Over a `contour` with colours its middle has the colours of those
 * heights, which need not be the ground's. Elsewhere it is a line. Throws a RangeError unless there is a height for each point.
 */
export const way = mark(build, {
  kind: "way",
  options: { ...pointsForms, z: forms.column, ...lookForms },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: ({ points }, axis) => along(points, axis),
  curve: (self) => self,
  sample: () => ({
    role: "curve",
    svg: (color, paint) =>
      element("path", { d: `M1,0H${SWATCH - 1}`, stroke: paint(color), "stroke-width": 4, "stroke-linecap": "round" }),
    sign: (letter) => letter,
  }),
  svg: (self, placed, paint) => {
    const { land } = placed;
    const draw = land?.space ? drawInSpace(self, land, land.space) : drawAbove(self, placed);
    return { curve: draw(seriesColor(self), paint) };
  },
  terminal: { last: false, draw },
});

function build(options: Points & Look & { readonly z: Values }): WayMark {
  const points = pointsOf("way", options);
  const z = numbersOf(options.z);
  sameLength("way", { points, z });
  return { kind: "way", points, z, ...lookOf(options) };
}

function draw(self: WayMark, plot: Plot): void {
  const color: Color = seriesColor(self);
  const dots = self.points.map((point) => dotOf(point, plot));
  dots.forEach((to, i) => {
    const from = dots[i - 1] ?? to;
    if (from && to) stroke(plot, from, to, ansiOf(color));
  });
}
