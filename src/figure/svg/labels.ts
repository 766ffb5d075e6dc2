import type { LineMark, RuleMark, TextMark } from "../description.ts";
import { type EndLabel, endLabels, lastPoint } from "../ends.ts";
import { type Color, colorOf, dashLengths } from "../palette.ts";
import { lineDash, seriesColor } from "../series.ts";
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

/** Labels at the right edge. */
export function drawEnds(placed: PlacedPanel, paint: Paint): string[] {
  return placed.ends ? endLabels(placed, END_GAP).labels.map((end) => drawEnd(end, placed, paint)) : [];
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

/** The label of a line that diverged, beside its cross. */
export function drawCrossLabel(mark: LineMark, placed: PlacedPanel, paint: Paint): string {
  const end = mark.diverged && placed.ends ? lastPoint(mark) : undefined;
  const place = end && inside(end, placed);
  if (!place || mark.label === undefined) return "";
  const left = place[0] > 0.7 * placed.plot.width;
  return rimmed(mark.label, place[0] + (left ? -9 : 9), place[1] + 4, left ? "end" : "start", "ink", paint);
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
