import type { Mark, RuleMark, TextMark } from "../description.ts";
import { apart, type End, type EndLabel, endLabels } from "../ends.ts";
import { type Color, colorOf, dashLengths } from "../palette.ts";
import { lineDash, seriesColor } from "../series.ts";
import { type Column, columnsOf } from "./columns.ts";
import { element, round } from "./element.ts";
import { END_GAP, LEAD, type PlacedPanel, sizes } from "./panel.ts";
import { inside } from "./points.ts";
import type { Paint } from "./theme.ts";
import { words } from "./words.ts";

type Anchor = TextMark["anchor"];

export function drawText(mark: TextMark, placed: PlacedPanel, paint: Paint): string {
  const place = inside(mark.at, placed);
  if (place === null) return "";
  const [dx, dy] = mark.shift;
  return rimmed(mark.text, place[0] + dx, place[1] + dy + 4, mark.anchor, colorOf(mark), paint);
}

/** The words of a rule: beside its upper end, or above its right end. */
export function drawRuleText(mark: RuleMark, { plot, x, y }: PlacedPanel, paint: Paint): string {
  const at = (mark.axis === "x" ? x : y).at(mark.at);
  const limit = mark.axis === "x" ? plot.width : plot.height;
  if (at === null || at < 0 || at > limit || !mark.text) return "";
  const color = colorOf(mark, "muted");
  if (mark.axis === "y") return rimmed(mark.text, plot.width - 2, at - 5, "end", color, paint);
  const left = at > plot.width / 2;
  return rimmed(mark.text, at + (left ? -5 : 5), 11, left ? "end" : "start", color, paint);
}

/** Labels at the ends of those lines that are shown. All lines have their say in where the labels go. */
export function drawEnds(placed: PlacedPanel, shows: (mark: Mark) => boolean, paint: Paint): string[] {
  if (!placed.ends) return [];
  const all = [
    ...endLabels(placed, END_GAP).labels.map((end) => ({ ...end, drawing: drawEnd(end, placed, paint) })),
    ...columnsOf(placed).flatMap((column) => drawColumn(column, placed, paint)),
  ];
  return all.filter(({ mark }) => shows(mark)).map(({ drawing }) => drawing);
}

/** A stroke that goes on in the line's look, from its end to its label, then the label. */
function drawEnd({ mark, label, x, y, labelY }: EndLabel, { plot }: PlacedPanel, paint: Paint): string {
  const edge = plot.width;
  const top = round(Math.max(0, Math.min(plot.height, y)));
  const d = `M${round(Math.min(x, edge))},${top}H${round(edge + 4)}L${round(edge + 12)},${round(labelY)}H${round(edge + LEAD - 2)}`;
  const stroke = {
    stroke: paint(seriesColor(mark)),
    "stroke-width": 1.4,
    "stroke-dasharray": dashLengths[lineDash(mark)].join(" ") || undefined,
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
    const stroke = paint(seriesColor(end.mark));
    const drawing = element(
      "g",
      { class: "series end", "data-series": end.label },
      ends.length > 1 ? element("path", { d, fill: "none", stroke }) : "",
      rimmed(end.label, x, end.labelY + 4, anchor, "ink", paint),
    );
    return { ...end, drawing };
  });
}

/** Words with a rim of paper, so that they can be read on any ground. */
function rimmed(text: string, x: number, y: number, anchor: Anchor, color: Color, paint: Paint): string {
  const rim = { stroke: paint("paper"), "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
  return words(
    {
      x,
      y,
      fill: paint(color),
      "font-size": sizes.label,
      "text-anchor": anchor === "start" ? undefined : anchor,
      ...rim,
    },
    text,
  );
}
