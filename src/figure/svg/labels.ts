import { apart, type End, type EndLabel, endLabels } from "../ends.ts";
import type { Mark } from "../kinds.ts";
import { dashOf, seriesColor } from "../look.ts";
import { dashLengths } from "../palette.ts";
import { type Column, columnsOf } from "./columns.ts";
import { element, round } from "./element.ts";
import { sizes } from "./measure.ts";
import { END_GAP, LEAD, type PlacedPanel } from "./panel.ts";
import type { Paint } from "./theme.ts";
import { rimmed, words } from "./words.ts";

/** Labels at the ends of those curves that are shown. All curves have their say in where the labels go. */
export function drawEnds(placed: PlacedPanel, shows: (mark: Mark) => boolean, paint: Paint): string[] {
  if (!placed.ends) return [];
  const all = [
    ...endLabels(placed, END_GAP).labels.map((end) => ({ ...end, drawing: drawEnd(end, placed, paint) })),
    ...columnsOf(placed).flatMap((column) => drawColumn(column, placed, paint)),
  ];
  return all.filter(({ mark }) => shows(mark)).map(({ drawing }) => drawing);
}

/** A stroke that goes on in the curve's look, from its end to its label, then the label. */
function drawEnd({ curve, label, x, y, labelY }: EndLabel, { plot }: PlacedPanel, paint: Paint): string {
  const edge = plot.width;
  const top = round(Math.max(0, Math.min(plot.height, y)));
  const d = `M${round(Math.min(x, edge))},${top}H${round(edge + 4)}L${round(edge + 12)},${round(labelY)}H${round(edge + LEAD - 2)}`;
  const stroke = {
    stroke: paint(seriesColor(curve)),
    "stroke-width": 1.4,
    "stroke-dasharray": dashLengths[dashOf(curve)].join(" ") || undefined,
  };
  return element(
    "g",
    { class: "series end", "data-series": label },
    element("path", { d, fill: "none", ...stroke }),
    words({ x: edge + LEAD + 3, y: labelY + 4, fill: paint("ink"), "font-size": sizes.label }, label),
  );
}

/** Labels beside ends within the plot; where there are several, each is led to. */
function drawColumn({ ends, x, side }: Column, { plot }: PlacedPanel, paint: Paint): (End & { drawing: string })[] {
  const [anchor, toward] = side === "right" ? (["start", 1] as const) : (["end", -1] as const);
  return apart(ends, END_GAP, plot.height).map((end) => {
    const d = `M${round(end.x)},${round(end.y)}L${round(x - 3 * toward)},${round(end.labelY)}`;
    const stroke = paint(seriesColor(end.curve));
    const drawing = element(
      "g",
      { class: "series end", "data-series": end.label },
      ends.length > 1 ? element("path", { d, fill: "none", stroke }) : "",
      rimmed(end.label, [x, end.labelY + 4], anchor, "ink", paint),
    );
    return { ...end, drawing };
  });
}
