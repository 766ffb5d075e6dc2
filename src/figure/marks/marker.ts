import type { Point } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf, type MarkerShape, shapeOf, shapes } from "../look.ts";
import { mark, type Sample } from "../mark.ts";
import { choice, forms, optional, size } from "../options.ts";
import { along, type Points, pointsForms, pointsOf, sameLength } from "../points.ts";
import { element, escapeText } from "../svg/element.ts";
import type { Placed } from "../svg/place.ts";
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
}

/** Points drawn as small shapes. A marker without label or series is drawn in ink. */
export const marker = mark(build, {
  kind: "marker",
  options: {
    ...pointsForms,
    ...lookForms,
    ...{ shape: optional(choice(shapes)), size: optional(size(0.1, 1000)), titles: optional(forms.texts) },
  },
  ground: false,
  inSpace: false,
  overhangs: true,
  onZero: false,
  extent: ({ points }, axis) => along(points, axis),
  curve: () => null,
  sample: (self) => sampleOf(shapeOf(self)),
  svg: (self, placed, paint) => {
    const shapes = drawn(self, placed, paint);
    return sizeOf(self) < DOT ? { curve: shapes } : { shape: shapes };
  },
  terminal: { last: false, draw },
});

function build(
  options: Points & Look & { shape?: MarkerShape; size?: number; titles?: readonly string[] },
): MarkerMark {
  const { shape, size, titles } = options;
  const points = pointsOf("marker", options);
  if (titles !== undefined) sameLength("marker", { points, titles });
  return { kind: "marker", points, ...lookOf(options), shape, size, titles };
}

const sizeOf = ({ size = 7 }: MarkerMark): number => size;

function drawn(self: MarkerMark, placed: Placed, paint: Paint): string {
  const [shape, size] = [shapeOf(self), sizeOf(self)];
  const titles = self.titles?.map((title) => element("title", {}, escapeText(title)));
  const look = shapeLook(shape, size, colorOf(self), paint);
  return self.points.map((point, i) => drawShape(shape, size, point, placed, look, titles?.[i] ?? "")).join("");
}

const sampleOf = (shape: MarkerShape): Sample => ({
  role: "sign",
  svg: (color, paint) => {
    const transform = `translate(${SWATCH / 2} 0)`;
    return element("path", { d: shapePath(shape, 8), transform, ...shapeLook(shape, 8, color, paint) });
  },
  sign: () => signs[shape],
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

function draw(self: MarkerMark, plot: Plot): void {
  const color = ansiOf(colorOf(self));
  for (const point of self.points) {
    const dot = dotOf(point, plot);
    if (dot && sizeOf(self) < DOT) stroke(plot, dot, dot, color);
    else put(plot, dot, signs[shapeOf(self)], color);
  }
}
