import type { LineMark, Panel } from "../description.ts";
import { lastPoint } from "../ends.ts";
import { type Entry, entriesOf, seriesColor } from "../series.ts";
import { ansiOf } from "./ansi.ts";
import { cellWidth, shorten } from "./cells.ts";
import type { Frame } from "./frame.ts";
import { SHAPES } from "./marks.ts";
import { put, spotOf } from "./plot.ts";
import { DOTS, Screen } from "./screen.ts";

/** The letter of each labelled curve of a figure; none where there is only one curve to tell. */
export type Keys = ReadonlyMap<string, string>;

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function keysOf(panels: readonly Panel[]): Keys {
  const entries = entriesOf(panels);
  if (entries.length < 2) return new Map();
  return new Map(entries.map(({ label }, i) => [label, LETTERS[i % LETTERS.length]]));
}

/** Letters along the lines, each line's at other places than its neighbours'. */
export function drawKeys({ panel, plot }: Frame, keys: Keys): void {
  const order = [...keys.keys()];
  const lines = panel.marks.filter((mark) => mark.kind === "line");
  for (const mark of lines) {
    const key = keys.get(mark.label ?? "");
    if (key === undefined) continue;
    const share = (order.indexOf(mark.label ?? "") + 0.5) / order.length;
    for (const turn of [0, 1, 2]) put(plot, spotAt(mark, (share + turn) / 3, plot), key, ansiOf(seriesColor(mark)));
  }
}

/** The spot at a share of a line's points. */
function spotAt({ points }: LineMark, share: number, plot: Frame["plot"]): ReturnType<typeof spotOf> {
  const place = share * (points.length - 1);
  const i = Math.max(0, Math.min(points.length - 2, Math.floor(place)));
  const [from, to] = [points[i], points[i + 1] ?? points[i]].map((point) => point && spotOf(point, plot));
  if (!from || !to) return null;
  return [from[0] + (place - i) * (to[0] - from[0]), from[1] + (place - i) * (to[1] - from[1])];
}

/** Letter and label right of the plot, and beside the crosses of lines that diverged on the way. */
export function drawEnds({ panel, plot, columns, ends, width }: Frame, keys: Keys): void {
  if (ends === null) return;
  const { screen, column, row } = plot;
  const left = column + columns + 1;
  for (const { mark, label, labelY } of ends) {
    const words = shorten(withKey(label, keys), width - left);
    screen.write(left, row + Math.floor(labelY / DOTS[1]), words, ansiOf(seriesColor(mark)));
  }
  for (const mark of panel.marks.filter((each) => each.kind === "line"))
    if (mark.diverged && !ends.some((end) => end.mark === mark)) drawCrossLabel(mark, plot, keys);
}

function drawCrossLabel(mark: LineMark, plot: Frame["plot"], keys: Keys): void {
  const spot = spotOf(lastPoint(mark) ?? [null, null], plot);
  if (spot === null || mark.label === undefined) return;
  const words = withKey(mark.label, keys);
  const aside = spot[0] > 0.7 * plot.width ? -1 - cellWidth(words) : 2;
  put(plot, [spot[0] + aside * DOTS[0], spot[1]], words, ansiOf(seriesColor(mark)));
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

/** A curve's letter, or the sign of what is no curve, and the label. */
function legendWords({ label, dash, arrow, shape }: Entry, keys: Keys): string {
  if (dash) return withKey(label, keys);
  if (arrow) return `→ ${label}`;
  return shape ? `${SHAPES[shape]} ${label}` : label;
}

const withKey = (label: string, keys: Keys): string =>
  [keys.get(label) ?? "", label].filter((part) => part !== "").join(" ");
