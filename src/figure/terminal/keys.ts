import type { Panel } from "../description.ts";
import { curvesOf, labelledCurves, lastPoint } from "../ends.ts";
import { type Entry, entriesOf } from "../entries.ts";
import { seriesColor } from "../look.ts";
import type { Curve } from "../mark.ts";
import { ansiOf } from "./ansi.ts";
import { cellWidth, shorten } from "./cells.ts";
import type { Frame } from "./frame.ts";
import { dotOf, put } from "./plot.ts";
import { DOTS, Screen } from "./screen.ts";

/** The letter of each labelled curve of a figure; none where there is only one curve. */
export type Keys = ReadonlyMap<string, string>;

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function keysOf(panels: readonly Panel[]): Keys {
  const entries = entriesOf(panels);
  if (entries.length < 2) return new Map();
  return new Map(entries.map(({ label }, i) => [label, LETTERS[i % LETTERS.length]]));
}

/** Letters along the curves, each curve's at other places than its neighbours'. */
export function drawKeys({ panel, plot }: Frame, keys: Keys): void {
  const order = [...keys.keys()];
  for (const curve of curvesOf(panel)) {
    const key = keys.get(curve.label ?? "");
    if (key === undefined) continue;
    const share = (order.indexOf(curve.label ?? "") + 0.5) / order.length;
    for (const turn of [0, 1, 2]) put(plot, dotAt(curve, (share + turn) / 3, plot), key, ansiOf(seriesColor(curve)));
  }
}

/** The dot at a share of a curve's points. */
function dotAt({ points }: Curve, share: number, plot: Frame["plot"]): ReturnType<typeof dotOf> {
  const place = share * (points.length - 1);
  const i = Math.max(0, Math.min(points.length - 2, Math.floor(place)));
  const [from, to] = [points[i], points[i + 1] ?? points[i]].map((point) => point && dotOf(point, plot));
  if (!from || !to) return null;
  return [from[0] + (place - i) * (to[0] - from[0]), from[1] + (place - i) * (to[1] - from[1])];
}

/** Letter and label right of the plot, and beside the crosses of curves that diverged on the way. */
export function drawEnds({ panel, plot, columns, ends, width }: Frame, keys: Keys): void {
  if (ends === null) return;
  const { screen, column, row } = plot;
  const left = column + columns + 1;
  for (const { curve, label, labelY } of ends) {
    const words = shorten(withKey(label, keys), width - left);
    screen.write(left, row + Math.floor(labelY / DOTS[1]), words, ansiOf(seriesColor(curve)));
  }
  for (const { mark, curve, label } of labelledCurves(panel))
    if (curve.diverged && !ends.some((end) => end.mark === mark)) drawCrossLabel(curve, label, plot, keys);
}

function drawCrossLabel(curve: Curve, label: string, plot: Frame["plot"], keys: Keys): void {
  const dot = dotOf(lastPoint(curve) ?? [null, null], plot);
  if (dot === null) return;
  const words = withKey(label, keys);
  const aside = dot[0] > 0.7 * plot.width ? -1 - cellWidth(words) : 2;
  put(plot, [dot[0] + aside * DOTS[0], dot[1]], words, ansiOf(seriesColor(curve)));
}

/** Letters and labels in columns below the plot. */
export function legendLines(panel: Panel, keys: Keys, width: number, color: boolean): string[] {
  const entries = entriesOf([panel]).map((entry) => ({ entry, words: legendWords(entry, keys) }));
  const column = Math.min(width, 2 + Math.max(0, ...entries.map(({ words }) => cellWidth(words))));
  const columns = Math.max(1, Math.floor((width + 2) / column));
  const screen = new Screen(width, Math.ceil(entries.length / columns));
  entries.forEach(({ entry, words }, i) => {
    const place = [(i % columns) * column, Math.floor(i / columns)] as const;
    screen.write(...place, shorten(words, width), ansiOf(entry.color));
  });
  return screen.toText(color);
}

/** A curve's letter, or another mark's sign, and the label. */
function legendWords({ label, samples }: Entry, keys: Keys): string {
  const sample = samples.find(({ role }) => role !== "area");
  return joined(sample?.sign(keys.get(label) ?? "") ?? "", label);
}

const withKey = (label: string, keys: Keys): string => joined(keys.get(label) ?? "", label);

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");
