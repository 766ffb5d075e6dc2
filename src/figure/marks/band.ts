import { area } from "d3-shape";
import type { Coordinate } from "../axis.ts";
import { type Look, lookForms, lookOf, seriesColor } from "../look.ts";
import { mark } from "../mark.ts";
import { forms, optional } from "../options.ts";
import { hole, range, sameLength, type Values } from "../points.ts";
import { element } from "../svg/element.ts";
import type { Placed } from "../svg/place.ts";
import { areaSample } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";

/** The area between two curves over the same x, as data. */
export interface BandMark extends Look {
  readonly kind: "band";
  readonly points: readonly (readonly [x: Coordinate, lo: Coordinate, hi: Coordinate])[];
}

/** The area between `lo` and `hi`, such as the spread over seeds. */
export const band = mark(build, {
  kind: "band",
  options: { x: optional(forms.column), lo: forms.column, hi: forms.column, ...lookForms },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: false,
  onZero: false,
  extent: ({ points }, axis) => points.flatMap(([x, lo, hi]) => (axis === "x" ? [x] : [lo, hi])),
  curve: () => null,
  sample: () => areaSample,
  svg: (self, placed, paint) => ({ surface: draw(self, placed, paint) }),
  // At four dots to a line of text it would hide the curves.
  terminal: null,
});

function build(options: { x?: Values; lo: Values; hi: Values } & Look): BandMark {
  const { lo, hi, x = range(lo.length) } = options;
  sameLength("band", { x, lo, hi });
  const points = Array.from(lo, (_, i) => [hole(x[i]), hole(lo[i]), hole(hi[i])] as const);
  return { kind: "band", points, ...lookOf(options) };
}

function draw(self: BandMark, { x, y }: Placed, paint: Paint): string {
  const places = self.points.map(([at, lo, hi]) => ({ at: x.at(at), lo: y.at(lo), hi: y.at(hi) }));
  const shape = area<(typeof places)[number]>()
    .x(({ at }) => at ?? 0)
    .y0(({ lo }) => lo ?? 0)
    .y1(({ hi }) => hi ?? 0)
    .defined(({ at, lo, hi }) => at !== null && lo !== null && hi !== null)
    .digits(1);
  const d = shape(places);
  return d ? element("path", { class: "band", d, fill: paint(seriesColor(self)), "fill-opacity": "0.16" }) : "";
}
