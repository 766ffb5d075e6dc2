import type { Point } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf, type MarkerShape, shapeOf, shapes } from "../look.ts";
import { mark, type Sample } from "../mark.ts";
import { choice, forms, optional, size } from "../options.ts";
import { along, numbersOf, type Points, pointsForms, pointsOf, sameLength, type Values } from "../points.ts";
import { element, escapeText } from "../svg/element.ts";
import type { Sight } from "../svg/place.ts";
import { type Placed, spotWithin } from "../svg/place.ts";
import { DOT, drawShape, shapeLook, shapePath } from "../svg/shapes.ts";
import { SWATCH } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, put, stroke } from "../terminal/plot.ts";

/** Points drawn as small shapes, as data. */
export interface MarkerMark extends Look {
  readonly kind: "marker";
  readonly points: readonly Point[];
  readonly shape?: MarkerShape;
  /** Diameter in pixels. Default 7. */
  readonly size?: number;
  /** Words shown when the pointer rests on a marker, one for each point. */
  readonly titles?: readonly string[];
  /** Whether the shapes are outlines. */
  readonly open?: boolean;
  /** Heights on the upright axis of a `surface`, one for each point. Default: those of the surface. */
  readonly z?: readonly (number | null)[];
}

/**
 * Points drawn as small shapes. A marker without label or series is drawn in ink. On a `surface` they lie on it, or at the heights
 * `z`; those that are hidden behind it are pale.
 */
export const marker = mark(build, {
  kind: "marker",
  options: {
    ...pointsForms,
    ...lookForms,
    ...{ shape: optional(choice(shapes)), size: optional(size(0.1, 1000)), titles: optional(forms.texts) },
    ...{ open: optional(forms.flag), z: optional(forms.column) },
  },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: true,
  onZero: false,
  extent: ({ points }, axis) => along(points, axis),
  curve: () => null,
  sample: (self) => sampleOf(shapeOf(self), self.open),
  svg: (self, placed, paint) => {
    const shapes = drawn(self, placed, paint);
    return sizeOf(self) < DOT ? { curve: shapes } : { shape: shapes };
  },
  terminal: { last: false, draw },
});

type Options = Points &
  Look & {
    readonly shape?: MarkerShape;
    readonly size?: number;
    readonly titles?: readonly string[];
    readonly open?: boolean;
    readonly z?: Values;
  };

function build(options: Options): MarkerMark {
  const { shape, size, titles, open, z } = options;
  const points = pointsOf("marker", options);
  sameLength("marker", { points, ...(titles && { titles }), ...(z && { z }) });
  return {
    ...{ kind: "marker", points, ...lookOf(options), shape, size, titles },
    ...(open && { open }),
    ...(z && { z: numbersOf(z) }),
  };
}

const sizeOf = ({ size = 7 }: MarkerMark): number => size;

function drawn(self: MarkerMark, placed: Placed, paint: Paint): string {
  const [shape, size] = [shapeOf(self), sizeOf(self)];
  const titles = self.titles?.map((title) => element("title", {}, escapeText(title)));
  const look = shapeLook(shape, size, colorOf(self), paint, self.open);
  return self.points
    .map((_, i) => {
      const sight = sightOf(self, i, placed);
      if (sight === null) return "";
      const shown = sight.hidden ? { ...look, "fill-opacity": PALE, "stroke-opacity": PALE } : look;
      return drawShape(shape, size, sight.spot, shown, titles?.[i] ?? "");
    })
    .join("");
}

/** How much of its colour a shape keeps behind a surface. */
const PALE = 0.4;

/** Where a point is seen: in space, or by the axes. */
function sightOf({ points, z }: MarkerMark, i: number, placed: Placed): Sight | null {
  const { land } = placed;
  if (!land?.space) {
    const spot = spotWithin(points[i], placed);
    return spot && { spot, hidden: false };
  }
  const height = z === undefined ? land.space.ground(points[i]) : land.share(z[i] ?? Number.NaN);
  return height === null || Number.isNaN(height) ? null : land.space.see(points[i], height);
}

const sampleOf = (shape: MarkerShape, open = false): Sample => ({
  role: "sign",
  svg: (color, paint) => {
    const transform = `translate(${SWATCH / 2} 0)`;
    return element("path", { d: shapePath(shape, 8), transform, ...shapeLook(shape, 8, color, paint, open) });
  },
  sign: () => (open ? openSigns[shape] : undefined) ?? signs[shape],
});

const signs: Readonly<Record<MarkerShape, string>> = {
  circle: "●",
  square: "■",
  triangle: "▲",
  diamond: "◆",
  plus: "+",
  star: "★",
  times: "×",
  "triangle-down": "▼",
};

/** Outlines, where a terminal has them. */
const openSigns: Partial<Readonly<Record<MarkerShape, string>>> = {
  circle: "○",
  square: "□",
  triangle: "△",
  diamond: "◇",
  star: "☆",
  "triangle-down": "▽",
};

function draw(self: MarkerMark, plot: Plot): void {
  const sign = (self.open ? openSigns[shapeOf(self)] : undefined) ?? signs[shapeOf(self)];
  const color = ansiOf(colorOf(self));
  for (const point of self.points) {
    const dot = dotOf(point, plot);
    if (dot && sizeOf(self) < DOT) stroke(plot, dot, dot, color);
    else put(plot, dot, sign, color);
  }
}
