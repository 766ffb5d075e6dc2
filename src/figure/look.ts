import { show } from "./check.ts";
import { type Form, type Forms, forms, optional, whole } from "./options.ts";

/** The curve to which a mark belongs. Marks with the same label share number, colour, dash and legend entry. */
export interface Look {
  /** The name in the legend. Default: none, and no entry. */
  readonly label?: string;
  /** The curve's number in the palette, from 0. Default: with a label, the next free number. */
  readonly series?: number;
  /** "#rrggbb" in place of the palette's colour, or "ink": the colour of the text, black or white with the theme. */
  readonly color?: string;
}

export const dashes = ["solid", "dashed", "dotted", "dash-dot", "long-dash"] as const;
/** The dash pattern of a line. By default each series has its own. */
export type Dash = (typeof dashes)[number];

export const shapes = ["circle", "square", "triangle", "diamond", "plus", "star", "times", "triangle-down"] as const;
/** The shape of a marker. By default each series has its own. */
export type MarkerShape = (typeof shapes)[number];

/** A mark's colour: a number in the palette, "ink", "muted", or "#rrggbb". */
export type Color = number | string;

export const colorOf = ({ color, series }: Look, fallback: Color = "ink"): Color => color ?? series ?? fallback;

/** Lines, bands and bars without a label are of series 0. */
export const seriesColor = (look: Look): Color => colorOf(look, 0);

export const dashOf = ({ series = 0, dash }: Look & { readonly dash?: Dash }): Dash =>
  dash ?? dashes[series % dashes.length];

export const shapeOf = ({ series = 0, shape }: Look & { readonly shape?: MarkerShape }): MarkerShape =>
  shape ?? shapes[series % shapes.length];

const color: Form = (what, value) => {
  if (!(typeof value === "string" && (value === "ink" || /^#[0-9a-f]{6}$/i.test(value))))
    throw new RangeError(`${what} is ${show(value)}; give "#rrggbb" or "ink"`);
};

export const lookForms: Forms<Look> = {
  label: optional(forms.text),
  series: optional(whole(0)),
  color: optional(color),
};

/** The look among a mark's options. */
export const lookOf = ({ label, series, color }: Look): Look => ({ label, series, color });
