import type { Color } from "../look.ts";
import { type Palette, palettes } from "../palette.ts";

export const themes = ["auto", "light", "dark", "inherit"] as const;
export type Theme = (typeof themes)[number];

/** Writes a colour into a drawing: as a CSS variable, or as itself. */
export type Paint = (color: Color | Exclude<keyof Palette, "series">) => string;

export function paintOf(theme: Theme): Paint {
  if (theme === "light" || theme === "dark") return (color) => literal(palettes[theme], color);
  return (color) => {
    if (typeof color === "number") return `var(--figure-${color % palettes.light.series.length})`;
    return color.startsWith("#") ? color : `var(--figure-${color})`;
  };
}

function literal(palette: Palette, color: Color): string {
  if (typeof color === "number") return palette.series[color % palette.series.length];
  const { paper, ink, muted, grid, ground } = palette;
  return new Map(Object.entries({ paper, ink, muted, grid, ground })).get(color) ?? color;
}

/**
 * The variables' values. `:where` weighs nothing, so any rule of a page that holds the figure wins:
 * `.downhill-figure { --figure-paper: transparent }`.
 */
export function stylesheet(): string {
  const root = ":where(.downhill-figure)";
  const dark = `@media (prefers-color-scheme:dark){${root}{${variables(palettes.dark)}}}`;
  return `${root}{${variables(palettes.light)}}${dark}`;
}

export function variables({ series, ...named }: Palette): string {
  const all = [...Object.entries(named), ...series.map((color, i) => [i, color] as const)];
  return all.map(([name, color]) => `--figure-${name}:${color}`).join(";");
}
