import type { Point } from "../axis.ts";
import { colorOf, type Look, lookForms, lookOf } from "../look.ts";
import { mark } from "../mark.ts";
import { choice, forms, optional } from "../options.ts";
import { along, pointOf } from "../points.ts";
import { type Placed, spotWithin } from "../svg/place.ts";
import type { Paint } from "../svg/theme.ts";
import { rimmed } from "../svg/words.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { cellWidth } from "../terminal/cells.ts";
import { dotOf, type Plot, write } from "../terminal/plot.ts";
import { DOTS } from "../terminal/screen.ts";

/** Words at a point, as data. */
export interface TextMark extends Look {
  readonly kind: "text";
  readonly at: Point;
  readonly text: string;
  /** Which end of the words is at the point. */
  readonly anchor: (typeof anchors)[number];
  /** Pixels to the right and down, to keep clear of the point. */
  readonly shift: readonly [number, number];
}

const anchors = ["start", "middle", "end"] as const;

/** Words at a point; `shift` moves them by pixels to the right and down. */
export const text = mark(build, {
  kind: "text",
  options: {
    ...{ at: forms.point, text: forms.words, anchor: optional(choice(anchors)), shift: optional(forms.shift) },
    ...lookForms,
  },
  ground: false,
  inSpace: false,
  land: () => null,
  overhangs: true,
  onZero: false,
  extent: ({ at }, axis) => along([at], axis),
  curve: () => null,
  sample: () => null,
  svg: (self, placed, paint) => ({ shape: drawn(self, placed, paint) }),
  terminal: { last: true, draw },
});

function build(
  options: { at: Point; text: string; anchor?: TextMark["anchor"]; shift?: readonly [number, number] } & Look,
): TextMark {
  const { at, anchor = "start", shift = [0, 0] } = options;
  return { kind: "text", at: pointOf(at), text: options.text, anchor, shift, ...lookOf(options) };
}

function drawn(self: TextMark, placed: Placed, paint: Paint): string {
  const spot = spotWithin(self.at, placed);
  if (spot === null) return "";
  const [dx, dy] = self.shift;
  // Letters stand on their place: 4 pixels lower, the point is at their middle.
  return rimmed(self.text, [spot[0] + dx, spot[1] + dy + 4], self.anchor, colorOf(self), paint);
}

function draw(self: TextMark, plot: Plot): void {
  const dot = dotOf(self.at, plot);
  if (dot === null) return;
  const share = { start: 0, middle: 0.5, end: 1 }[self.anchor];
  const aside = Math.sign(self.shift[0]) * DOTS[0];
  write(plot, [dot[0] + aside - share * cellWidth(self.text) * DOTS[0], dot[1]], self.text, ansiOf(colorOf(self)));
}
