import type { Coordinate, Point } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf } from "../look.ts";
import { mark } from "../mark.ts";
import { forms, optional } from "../options.ts";
import { along, hole, range, sameLength, type Values } from "../points.ts";
import { element } from "../svg/element.ts";
import { type Placed, type Spot, spotOf, written } from "../svg/place.ts";
import { SWATCH } from "../svg/swatch.ts";
import type { Paint } from "../svg/theme.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { dotOf, type Plot, stroke } from "../terminal/plot.ts";

/** Ranges along one axis, at places along the other, as data: over seeds, or confidence intervals. */
export interface ErrorBarMark extends Look {
  readonly kind: "errorBar";
  /** The axis along which the ranges run. */
  readonly axis: "x" | "y";
  readonly points: readonly (readonly [at: Coordinate, lo: Coordinate, hi: Coordinate])[];
}

/**
 * From `lo` to `hi`, with a cap at each end: upright at `x` (by default 0, 1, 2, …), or level at `y`. Without label or
 * series it is drawn in ink.
 */
export const errorBar = mark(build, {
  kind: "errorBar",
  options: {
    ...{ x: optional(forms.column), y: optional(forms.column), lo: forms.column, hi: forms.column },
    ...lookForms,
  },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: true,
  onZero: false,
  extent: (self, axis) => along(endsOf(self).flat(), axis),
  curve: () => null,
  sample: () => ({
    role: "sign",
    svg: (color, paint) => path(beam([3, 0], [SWATCH - 3, 0], "x"), paint(color)),
    sign: () => "├┤",
  }),
  svg: (self, placed, paint) => ({ curve: drawn(self, placed, paint) }),
  terminal: { last: false, draw },
});

function build(options: ({ x?: Values } | { y: Values }) & { lo: Values; hi: Values } & Look): ErrorBarMark {
  const { lo, hi, x, y }: { x?: Values; y?: Values; lo: Values; hi: Values } = options;
  if (x !== undefined && y !== undefined)
    throw new TypeError("errorBar: give x for upright ranges, or y for level ones");
  const [axis, at] = y === undefined ? (["y", x ?? range(lo.length)] as const) : (["x", y] as const);
  sameLength("errorBar", { [axis === "x" ? "y" : "x"]: at, lo, hi });
  const points = Array.from(lo, (_, i) => [hole(at[i]), hole(lo[i]), hole(hi[i])] as const);
  return { kind: "errorBar", axis, points, ...lookOf(options) };
}

/** The two ends of each range. */
const endsOf = ({ axis, points }: ErrorBarMark) =>
  points.map(([at, lo, hi]) => {
    const end = (value: Coordinate): Point => (axis === "x" ? [value, at] : [at, value]);
    return [end(lo), end(hi)] as const;
  });

function drawn(self: ErrorBarMark, placed: Placed, paint: Paint): string {
  const d = endsOf(self).map((ends) => {
    const [from, to] = ends.map((end) => spotOf(end, placed));
    return from && to ? beam(from, to, self.axis) : "";
  });
  return d.every((each) => each === "") ? "" : path(d.join(""), paint(colorOf(self)));
}

const path = (d: string, color: string): string =>
  element("path", { class: "error-bar", d, fill: "none", stroke: color, "stroke-width": 1.5 });

/** Pixels from the middle of a cap to its ends. */
const CAP = 4;

/** An I, level or upright. */
function beam(from: Spot, to: Spot, axis: "x" | "y"): string {
  const [dx, dy] = axis === "x" ? [0, CAP] : [CAP, 0];
  const cap = ([x, y]: Spot): string => `M${written([x - dx, y - dy])}L${written([x + dx, y + dy])}`;
  return `M${written(from)}L${written(to)}${cap(from)}${cap(to)}`;
}

function draw(self: ErrorBarMark, plot: Plot): void {
  for (const ends of endsOf(self)) {
    const [from, to] = ends.map((end) => dotOf(end, plot));
    if (from && to) stroke(plot, from, to, ansiOf(colorOf(self)));
  }
}
