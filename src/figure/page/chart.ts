import type { Figure } from "../description.ts";
import { type Entry, entriesOf } from "../entries.ts";
import { element, escapeText } from "../svg/element.ts";
import { drawSwatch } from "../svg/legend.ts";
import { toSvg } from "../svg/svg.ts";
import { SWATCH } from "../svg/swatch.ts";
import { paintOf } from "../svg/theme.ts";
import type { Chart, Live } from "./blocks.ts";
import { inline } from "./inline.ts";

/** Pixels of the page's column, and of a phone's. The style sheet shows one drawing of the two. */
export const WIDE = 840;
const NARROW = 380;

/** Narrower figures keep their own width; all others take the page's. */
const LEAST_WIDE = 700;

/** A figure drawn twice, for wide and for narrow pages; its title and legend are the page's, so that they wrap and can be clicked. */
export function drawChart(chart: Chart, id: string): string {
  return `<figure class="chart" id="${id}">
${caption(chart)}
${drawings(chart.figure, id)}
</figure>`;
}

/**
 * A figure drawn once, and the data for the page's program, which puts its view into the empty stage and hides the drawing:
 * surfaces take much text.
 */
export function drawLive(live: Live, id: string): string {
  // In a script, the only text that could end it early begins with this character.
  const data = JSON.stringify(live.data).replaceAll("<", "\\u003c");
  return `<figure class="chart live" id="${id}">
${caption(live)}
<div class="stage"></div>
<div class="still">${toSvg(live.figure, { width: widthOf(live.figure), theme: "inherit", bare: true, id: `${id}-wide` })}</div>
<script type="application/json">${data}</script>
</figure>`;
}

const widthOf = ({ width }: Figure): number => (width < LEAST_WIDE ? width : Math.max(WIDE, width));

const caption = ({ figure, caption }: Chart | Live): string =>
  `<figcaption><strong>${escapeText(figure.title)}</strong>${caption ? ` ${inline(caption)}` : ""}</figcaption>`;

function drawings(figure: Figure, id: string): string {
  const entries = entriesOf(figure.panels);
  const wide = widthOf(figure);
  const draw = (width: number, name: string) =>
    toSvg(figure, { width, theme: "inherit", bare: true, id: `${id}-${name}` });
  return `${figure.legend === "none" || entries.length === 0 ? "" : legend(entries)}
<div class="wide">${draw(wide, "wide")}</div>
<div class="narrow">${draw(Math.min(NARROW, wide), "narrow")}</div>`;
}

function legend(entries: readonly Entry[]): string {
  const buttons = entries.map((entry) => {
    const label = escapeText(entry.label);
    return `<button type="button" aria-pressed="false" data-series="${label}">${swatch(entry)}${label}</button>`;
  });
  return `<div class="legend" role="group" aria-label="Curves: choose one to single it out">${buttons.join("\n")}</div>`;
}

/** A sample of a curve, as high as a line of text. */
export const swatch = (entry: Entry): string =>
  element(
    "svg",
    { class: "swatch", width: SWATCH, height: 12, viewBox: `0 -6 ${SWATCH} 12`, "aria-hidden": "true" },
    drawSwatch(entry, paintOf("inherit")),
  );
