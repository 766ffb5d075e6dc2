import { dashLengths } from "../palette.ts";
import type { Entry } from "../series.ts";
import { arrowPaths } from "./arrow.ts";
import { element } from "./element.ts";
import { type PlacedEntry, SWATCH } from "./layout.ts";
import { sizes } from "./panel.ts";
import { lookOf, shapePath } from "./points.ts";
import type { Paint } from "./theme.ts";
import { words } from "./words.ts";

export const drawEntry = ({ entry, x, y }: PlacedEntry, paint: Paint): string =>
  element(
    "g",
    { class: "series entry", "data-series": entry.label, transform: `translate(${Math.round(x)} ${Math.round(y)})` },
    drawSwatch(entry, paint),
    words({ x: SWATCH + 6, y: 4, fill: paint("ink"), "font-size": sizes.label }, entry.label),
  );

/** A sample of the curve, `SWATCH` pixels long, centred on y = 0. */
export function drawSwatch({ color, area, arrow, dash, shape }: Entry, paint: Paint): string {
  const stroke = dash && {
    stroke: paint(color),
    "stroke-width": 2,
    "stroke-dasharray": dashLengths[dash].join(" ") || undefined,
  };
  const middle = `translate(${SWATCH / 2} 0)`;
  return [
    area ? element("rect", { x: 3, y: -5, width: SWATCH - 6, height: 10, rx: 2, fill: paint(color) }) : "",
    stroke ? element("path", { d: `M0,0H${SWATCH}`, fill: "none", ...stroke }) : "",
    arrow ? arrowPaths([0, 0], [SWATCH, 0], paint(color)) : "",
    shape ? element("path", { d: shapePath(shape, 8), transform: middle, ...lookOf(shape, 8, color, paint) }) : "",
  ].join("");
}
