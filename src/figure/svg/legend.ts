import type { Entry } from "../entries.ts";
import { element } from "./element.ts";
import type { PlacedEntry } from "./layout.ts";
import { sizes } from "./measure.ts";
import { SWATCH } from "./swatch.ts";
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
export const drawSwatch = ({ color, samples }: Entry, paint: Paint): string =>
  samples.map((sample) => sample.svg(color, paint)).join("");
